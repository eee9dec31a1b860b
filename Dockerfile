# Every RUN line below is also run outside Docker by CI (scripts/build/image-steps.sh): keep each on one line, and such
# that it needs nothing but Node and npm.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts
# So that commands are typed in the container as anywhere: docker exec NAME ngr status
RUN mkdir data bin && ln -s ../dist/node/cli/ngr.js bin/ngr

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/ngr.config.schema.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/samples ./samples
COPY --from=build /app/dist ./dist
COPY --from=build /app/bin ./bin
COPY --from=build --chown=node:node /app/data /data
USER node
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 NGR_DATA=/data PATH=/app/bin:$PATH
VOLUME /data
EXPOSE 8080 4001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.NGR_PORT || 8080) + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/node/cli/ngr.js"]
CMD ["start"]
