using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Baton.Operations;
using Baton.People;
using Baton.Server.Cli;
using Baton.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Chat;

/// <summary>A server for the chat of one foreign site, which can be stopped and started again where it was.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    public const string Key = "shop", Secret = "a secret of thirty-two characters, or more";

    public const string Question = "how long do I have to return something";

    private const string Setting = "BATON__Channels__Chat__";

    /// <summary>Settings are read from the environment of this process, which all servers share.</summary>
    private static readonly Lock Environments = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-chat-");
    private readonly string _urls;
    private readonly Uri _site;
    private WebApplication _app;

    private ChatServer(Uri site, PlaybookFiles? playbook)
    {
        (_site, _urls) = (site, $"http://127.0.0.1:{FreePort()}");
        (playbook ?? Files()).WriteTo(Path.Combine(_folder.FullName, "playbook"));
        _app = Build();
    }

    public Uri Address => new(_urls);

    public IServiceProvider Services => _app.Services;

    public string ApiKey { get; private set; } = "";

    public static async Task<ChatServer> StartAsync(
        Uri site, CancellationToken cancellationToken, PlaybookFiles? playbook = null)
    {
        var server = new ChatServer(site, playbook);
        server.ApiKey = (await server.Services.GetRequiredService<ApiKeys>().CreateFirstAsync(cancellationToken))!;
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A playbook that answers one question by itself.</summary>
    public static PlaybookFiles Files() => new PlaybookFiles().AnsweringReturns();

    public async Task StopAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    /// <summary>The same database, keys and address, in a new host.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        await _app.StartAsync(cancellationToken);
    }

    /// <summary>A person of the team; gives the id.</summary>
    public async Task<string> PersonAsync(string name, CancellationToken cancellationToken) =>
        ((PersonOutcome.Saved)await Services.GetRequiredService<PeopleStore>().AddAsync(
            new PersonDetails { Name = name, Email = $"{Guid.CreateVersion7():N}@team.example" }, "test",
            cancellationToken)).Person.Id;

    /// <summary>What a person does with a ticket.</summary>
    public async Task ActAsync(string ticket, object action, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        using var answer = await http.PostAsJsonAsync($"/api/tickets/{ticket}/actions", action, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>A request of a page of a site.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, string? token, CancellationToken cancellationToken,
        string? origin = null)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        request.Headers.Add("Origin", origin ?? _site.GetLeftPart(UriPartial.Authority));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>A token of a new session.</summary>
    public async Task<string> OpenAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/chat/sessions", new { key = Key }, null, cancellationToken);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return json.GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private WebApplication Build()
    {
        lock (Environments)
        {
            (string Name, string Value)[] settings =
                [("Key", Key), ("Origins", _site.GetLeftPart(UriPartial.Authority)), ("IdentitySecret", Secret)];
            foreach (var (name, value) in settings) Environment.SetEnvironmentVariable(Setting + name, value);
            try
            {
                var app = ServerHost.Build(new ServeOptions(
                    _urls, Path.Combine(_folder.FullName, "baton.db"), Path.Combine(_folder.FullName, "playbook"),
                    Demo: false));
                ServerHost.CheckStart(app.Services);
                return app;
            }
            finally
            {
                foreach (var (name, _) in settings) Environment.SetEnvironmentVariable(Setting + name, null);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
