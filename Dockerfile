# docker build -t kubelint-lb . && docker run --rm -v "$PWD:/repo:ro" kubelint-lb
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY kubelint_lb kubelint_lb
COPY rules rules
COPY schemas schemas
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[cel]"

# What renders charts and kustomizations, where they are not worked out in process.
FROM alpine/helm:3.19.0 AS helm
FROM registry.k8s.io/kustomize/kustomize:v5.7.1 AS kustomize

FROM python:3.13-slim
# git is for --new-since, --changed-since and diff. Debian keeps one version of it, which a pin would outlive.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=helm /usr/bin/helm /usr/local/bin/helm
COPY --from=kustomize /app/kustomize /usr/local/bin/kustomize
# The wheels are the ones of the stage above, and no index is asked.
# hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "kubelint-lb[cel]" \
    && useradd --uid 65532 --create-home --shell /usr/sbin/nologin lint \
    # The repository belongs to somebody else than who reads it here.
    && git config --system --add safe.directory "*"
USER 65532
WORKDIR /repo
ENTRYPOINT ["kubelint-lb"]
CMD ["check"]
