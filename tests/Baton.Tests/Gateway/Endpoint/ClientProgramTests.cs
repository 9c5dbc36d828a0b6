using System.Diagnostics;
using System.Text.Json;
using Baton.Testing.StandIn;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>Other programs' clients against the endpoint: the npm package <c>openai</c> and curl.</summary>
public sealed class ClientProgramTests : OnEndpoint
{
    private protected override void Prepare() =>
        Fixture.One.Script = StandInScript.Parse("""
            { "rules": [ { "contains": "use the tool", "answer": { "chunk_chars": 3,
                "tool_calls": [ { "name": "lookup", "arguments": { "order": "A-1" } } ] } },
              { "answer": { "text": "Hello from afar", "chunk_chars": 2, "input_tokens": 30, "output_tokens": 4 } } ] }
            """);

    [Fact]
    public async Task The_npm_package_works_unchanged()
    {
        var folder = Folder("npm");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), $"run npm ci in {folder}");

        var result = JsonDocument.Parse(await Run(
            "node", [Path.Combine(folder, "client.mjs"), Host.Address.ToString().TrimEnd('/'),
                await Host.Key()])).RootElement;

        Assert.Equal("Hello from afar", result.GetProperty("text").GetString());
        Assert.Equal("Hello from afar", result.GetProperty("streamed").GetString());
        Assert.Equal(34, result.GetProperty("tokens").GetInt32());
        Assert.StartsWith("rc_", result.GetProperty("receipt").GetString());
        Assert.Equal("lookup", result.GetProperty("tool").GetProperty("name").GetString());
        Assert.Contains("A-1", result.GetProperty("streamedTool").GetString());
        Assert.Equal([64, 64], result.GetProperty("vectors").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Contains("commodity", result.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(400, result.GetProperty("error").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Curl_works()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed");

        var answer = await Run(
            "curl", ["-sS", $"{Host.Address}chat/completions", "-H", $"Authorization: Bearer {await Host.Key()}",
            "-H", "Content-Type: application/json", "-d",
            """{"model":"commodity","messages":[{"role":"user","content":"hi"}]}"""]);

        Assert.Contains("Hello from afar", answer);
    }

    private static string Folder(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) at = at.Parent;
        return Path.Combine(at?.FullName ?? ".", "tests", "Baton.Tests", "Gateway", name);
    }

    private static async Task<string> Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
