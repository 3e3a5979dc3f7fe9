"""Rules about Services, the pods behind them and kube-proxy."""
