# docker build -t kubelint-lb . && docker run --rm -v "$PWD:/repo:ro" kubelint-lb
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY kubelint_lb kubelint_lb
COPY rules rules
COPY schemas schemas
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels kubelint-lb \
    && rm -rf /wheels \
    && useradd --uid 65532 --create-home --shell /usr/sbin/nologin lint
USER 65532
WORKDIR /repo
ENTRYPOINT ["kubelint-lb"]
CMD ["check"]
