using Baton.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.Server.Tests.Channels;

/// <summary>A program of somebody's own with Baton in it, on a free port and a database of its own.</summary>
internal sealed class ChannelHost : IAsyncDisposable
{
    /// <summary>What the product's own host lets in at most.</summary>
    private const int LargestBody = 4 * 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-channels-");
    private readonly WebApplication _app;

    private ChannelHost(string playbook, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddAuthorization();
        builder.AddBaton(baton =>
        {
            (baton.Playbook, baton.Database) = (playbook, PostgresCluster.Wanted
                ? PostgresCluster.NewDatabase() : Path.Combine(_folder.FullName, "baton.db"));
            baton.Storage = baton.Storage with { Keys = Path.Combine(_folder.FullName, "keys") };
        });
        _app = builder.Build();
        _app.UseAuthorization();
        _app.MapBaton();
    }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">By the names of the configuration, <c>Baton:Channels:…</c>.</param>
    public static async Task<ChannelHost> StartAsync(
        string playbook, Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var host = new ChannelHost(playbook, settings);
        await host._app.StartAsync(cancellationToken);
        host.Http.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }
}
