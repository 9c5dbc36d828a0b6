using Baton.Amqp;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Server.Accounts.OpenId;
using Baton.Server.Api;
using Baton.Server.Cli;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Server.Cli.Knowing;
using Baton.Server.Costs;
using Baton.Server.Demo;
using Baton.Server.Pages;
using Baton.Server.Pages.Frame;
using Baton.Server.Telemetry;
using Baton.Storage;
using Baton.Testing.Commerce;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Server;

/// <summary>Builds the web server.</summary>
internal static class ServerHost
{
    /// <summary>Largest request body, bytes. A ticket of the longest allowed message fits.</summary>
    private const long LargestBody = 4 * 1024 * 1024;

    /// <summary>The server with every slice, not started.</summary>
    /// <exception cref="BatonSettingException">Settings cannot be used; the message names them all.</exception>
    public static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(options.Urls ?? "").UseKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Baton", LogLevel.Information)
            // The keys lie beside the database, which holds more than they open: whoever reads one reads both.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        var settings = new SettingsReader(builder.Configuration);
        var telemetry = settings.Read("Telemetry", new TelemetryOptions());
        var read = BatonSettings.Read(settings);
        var access = AccessOptions.Read(settings);
        var openId = settings.Read("OpenId", new OpenIdOptions());
        var evaluation = settings.Read("Evaluation", new EvaluationOptions());
        settings.Close();
        // With port 0 the own address is known only after the start: the demo shop answers without a socket then.
        var own = options.Urls is null ? null : OwnAddress(options.Urls);
        if (own is null) builder.Services.AddSingleton<IServer, NoServer>();
        var baton = read with
        {
            Playbook = options.Playbook,
            Models = options.Models,
            Database = options.Database,
            LockOut = access.LockOut,
            // A process that only works serves no shop.
            ToolBase = read.ToolBase ?? (own is { Port: 0 } ? ShopHandler.Base : options.IsWorker ? null : own),
            Works = options.Works,
        };
        var shop = new SampleShop(
            TimeProvider.System, options.Demo ? Path.Combine(baton.Folder, DemoShop.Journal) : null);
        if (own is { Port: 0 }) baton.ToolHandler = new ShopHandler(shop);
        if (options.Demo)
            baton = baton with
            {
                Channels = baton.Channels with { Chat = DemoShop.Chat(baton.Channels.Chat, own!) },
            };
        builder.Services.AddBaton(baton, builder.Configuration).AddBatonAmqp();
        builder.AddTelemetry(telemetry, baton.Gateway.TagList);
        builder.Services.AddApi(baton.Folder, access).AddAccounts(openId, access).AddConsole().AddKnowledgeSync()
            .AddScheduledRuns(evaluation);
        var app = builder.Build();
        app.UseHeadRequests();
        app.UseRouting();
        app.UseConsoleFiles();
        app.UseApi();
        app.MapConsole();
        app.MapAccounts();
        app.MapBaton();
        app.MapMetrics(telemetry);
        app.MapCosts();
        app.MapOpenApi("/openapi.json");
        if (options.Demo)
        {
            app.MapShop("/demo", shop);
            app.MapDemoShop();
        }
        return app;
    }

    /// <summary>Loads the playbook, opens the database and trains the models before anybody is served.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    /// <exception cref="InvalidPlaybookException">The playbook has mistakes; the message names them all.</exception>
    public static void CheckStart(IServiceProvider services)
    {
        if (BatonStart.Check(services) is { } missing) Console.WriteLine(missing);
    }

    /// <summary>For a host that only works: nobody reaches it.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(
            IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull =>
            Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }

    /// <summary>The first address, as this machine reaches it.</summary>
    private static Uri OwnAddress(string urls)
    {
        var first = urls.Split(';')[0].Replace("//*", "//127.0.0.1").Replace("//+", "//127.0.0.1")
            .Replace("//0.0.0.0", "//127.0.0.1");
        return Uri.TryCreate(first, UriKind.Absolute, out var address)
            ? address
            : throw new CliError($"--urls '{urls}' is not an address: write something like {ServeCommand.DefaultUrl}");
    }
}
