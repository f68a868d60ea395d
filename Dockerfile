# An image of nothing but the binary, what it links and the certificates: no shell, no root, read-only root works.
#
#   docker build -t offprint .
#   docker run --rm -p 8080:8080 -v ./config:/config:ro -v offprint:/data offprint

FROM rust:1-bookworm AS build
WORKDIR /build

# The dependencies make a layer of their own: it is built anew only when Cargo.lock changes.
COPY Cargo.toml Cargo.lock ./
RUN mkdir src \
    && echo 'fn main() {}' >src/main.rs \
    && touch src/lib.rs \
    && cargo build --locked --release \
    && rm -r src

COPY . .
# Cargo goes by the files' times, and the stand-ins above may be younger than the sources.
RUN touch src/lib.rs src/main.rs && cargo build --locked --release

# Name lookups need no more than libc itself, which Debian 12's can do without plug-ins.
RUN mkdir -p /image/etc /image/tmp /owned/config /owned/data \
    && cp target/release/offprint /image/ \
    && ldd /image/offprint | grep -o '/[^ ]*' | xargs -I '{}' cp -L --parents '{}' /image/ \
    && cp -L --parents /etc/ssl/certs/ca-certificates.crt /image/ \
    && echo 'offprint:x:65532:65532:Offprint:/data:/sbin/nologin' >/image/etc/passwd \
    && echo 'offprint:x:65532:' >/image/etc/group \
    && echo 'hosts: files dns' >/image/etc/nsswitch.conf \
    && chmod 1777 /image/tmp

FROM scratch
LABEL org.opencontainers.image.title="Offprint" \
      org.opencontainers.image.description="Reads news blogs and republishes them as clean RSS, Atom and JSON feeds" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /image/ /
COPY --from=build --chown=65532:65532 /owned/ /

# The daemon's own default is loopback, which nobody outside a container could reach.
ENV OFFPRINT__SERVER__LISTEN=0.0.0.0:8080 \
    OFFPRINT__STORAGE__URL=sqlite:/data/offprint.db
USER 65532:65532
WORKDIR /
VOLUME ["/config", "/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/offprint", "health"]
ENTRYPOINT ["/offprint"]
CMD ["run"]
