using System.Net.Http.Headers;
using Baton.Conversations.Replies;
using Baton.Operations;
using Baton.Server.Cli;
using Baton.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Baton.Server.Tests.ServerFixture))]

namespace Baton.Server.Tests;

/// <summary>
/// The real host on a free port with a database of its own and the sample playbook; one for all tests.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-server-");
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Opens the API and the console.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Files that the playbook gets besides those of the sample. Set before it starts.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>A playbook instead of the sample. Set before it starts.</summary>
    internal PlaybookFiles? Other { get; init; }

    public string Playbook { get; private set; } = Northwind();

    public string Database => field ??= PostgresCluster.Wanted
        ? PostgresCluster.NewDatabase() : Path.Combine(_folder.FullName, "baton.db");

    /// <summary>The parts of the running host.</summary>
    internal IServiceProvider Services => _app!.Services;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (Files.Count > 0) Playbook = Copy();
        if (Other is not null) Other.WriteTo(Playbook = Path.Combine(_folder.FullName, "playbook"));
        _app = ServerHost.Build(new ServeOptions("http://127.0.0.1:0", Database, Playbook, Demo: true));
        // On a busy machine a browser needs longer than five seconds to take a reply back.
        _app.Services.GetRequiredService<BatonOptions>().Replies = new ReplyOptions { UndoSeconds = 60 };
        ServerHost.CheckStart(_app.Services);
        Key = (await _app.Services.GetRequiredService<ApiKeys>().CreateFirstAsync(CancellationToken.None))!;
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A caller with the key.</summary>
    internal HttpClient Api()
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return client;
    }

    /// <summary>A caller without key and session, who keeps cookies and follows no redirect.</summary>
    internal HttpClient Stranger() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A browser's session after logging in.</summary>
    internal async Task<HttpClient> VisitorAsync(CancellationToken cancellationToken)
    {
        var client = Stranger();
        using var answer = await client.PostFormAsync("/login", "/login", new() { ["key"] = Key }, cancellationToken);
        Assert.Equal("/playground", answer.Headers.Location?.ToString());
        return client;
    }

    private string Copy()
    {
        var target = Path.Combine(_folder.FullName, "playbook");
        foreach (var file in Directory.EnumerateFiles(Northwind(), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Northwind(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        foreach (var (name, text) in Files) File.WriteAllText(Path.Combine(target, name), text);
        return target;
    }

    /// <summary>A path in the repository.</summary>
    internal static string InRepository(params string[] parts)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return Path.Combine([at.FullName, .. parts]);
        throw new InvalidOperationException($"no Baton.slnx above {AppContext.BaseDirectory}");
    }

    private static string Northwind() => InRepository("playbooks", "northwind");
}
