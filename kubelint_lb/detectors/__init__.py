"""The rules' detectors: one module a rule, of the same name. They import `detectors.api` and nothing else of the package."""
