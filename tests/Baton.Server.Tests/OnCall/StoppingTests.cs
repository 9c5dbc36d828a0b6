using System.Net;
using Baton.Operations;
using Baton.Server.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.OnCall;

/// <summary>A part is stopped by its name and let go on: a name that is none stops nothing silently.</summary>
public sealed class StoppingTests(ServerFixture server) : IDisposable
{
    private readonly string _db = Path.Combine(Directory.CreateTempSubdirectory("baton-stop-").FullName, "baton.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_db)!, recursive: true);

    [Fact]
    public async Task The_verb_names_what_there_is_and_stops_an_unknown_name_only_when_told_so()
    {
        string[] stop = ["kill-switch", "on", "--db", _db, "--playbook", server.Playbook, "--why", "drill", "--scope"];
        var unknown = await BatonProgram.RunAsync([.. stop, "intent", "--name", "return_polici"]);
        var known = await BatonProgram.RunAsync([.. stop, "intent", "--name", "return_policy"]);
        var told = await BatonProgram.RunAsync([.. stop, "tool", "--name", "old_tool", "--unchecked"]);
        var off = await BatonProgram.RunAsync("kill-switch", "off", "--db", _db, "--scope", "tool", "--name", "new_tool");

        Assert.Contains("there is no intent 'return_polici'; did you mean 'return_policy'?", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("--unchecked", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 0), (known.ExitCode, told.ExitCode));
        Assert.Contains("on: tool old_tool is stopped", told.Output, StringComparison.Ordinal);
        Assert.Contains("the tool 'new_tool' is not stopped; stopped are intent return_policy, tool old_tool", off.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_lists_what_is_stopped_and_lets_it_go_on()
    {
        using var client = await server.VisitorAsync(Token);
        var killSwitch = server.Services.GetRequiredService<KillSwitch>();
        Dictionary<string, string> Fields(string name) => new() { ["scope"] = "channel", ["name"] = name, ["why"] = "drill" };

        using var unknown = await client.PostFormAsync("on-call", "on-call/stop", Fields("hubspott"), Token);
        using var stopped = await client.PostFormAsync("on-call", "on-call/stop", Fields("hubspot"), Token);
        var page = await client.GetStringAsync("on-call", Token);
        using var goesOn = await client.PostFormAsync("on-call", "on-call/stop",
            new() { ["scope"] = "channel", ["name"] = "hubspot", ["action"] = "off" }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("hubspot", await unknown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("data-stopped=\"channel hubspot\"", page, StringComparison.Ordinal);
        Assert.Contains("Let the channel hubspot go on", page, StringComparison.Ordinal);
        Assert.DoesNotContain(killSwitch.Parts(), p => p.Name == "hubspot");
    }
}
