"""`python -m kubelint_lb` is `kubelint-lb`."""

from kubelint_lb.cli.main import main

main()
