# Baton as an image: docker build -t baton .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/Baton.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# A nursery as large as the processor's cache is far more than Baton needs.
ENV DOTNET_GCgen0size=0x1000000
WORKDIR /app
COPY --from=build /app .
COPY playbooks /app/playbooks
# The database file, keys and trained models; with PostgreSQL only the keys matter.
RUN mkdir /data && chown $APP_UID /data
VOLUME /data
# With a server as database, trained models and keys are in the folder data of where it runs.
WORKDIR /
# As a number: a cluster can tell that it is not root.
USER $APP_UID
EXPOSE 5280
ENTRYPOINT ["dotnet", "/app/Baton.Server.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:5280", "--db", "/data/baton.db", "--playbook", "/app/playbooks/northwind"]
