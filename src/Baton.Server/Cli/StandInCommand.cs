using System.CommandLine;
using System.Text.Json;
using Baton.Testing.StandIn;

namespace Baton.Server.Cli;

/// <summary><c>baton stand-in</c>: a scripted server in place of a model, for demos and load tests.</summary>
internal static class StandInCommand
{
    public static Command Command()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Address to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:5290",
        };
        var script = new Option<string?>("--script") { Description = "JSON file that says what to answer." };
        var faults = new Option<double>("--faults")
        {
            Description = "Share of answers that go wrong, from 0 to 1: errors, timeouts, cut and malformed answers, refusals.",
        };
        var command = new Command("stand-in", "Start a scripted server that speaks model protocols and is not a model.")
        {
            urls, script, faults,
        };
        command.SetAction((parsed, cancellationToken) => CliError.Guard(() =>
            RunAsync(parsed.GetValue(urls)!, parsed.GetValue(script), parsed.GetValue(faults), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(
        string url, string? file, double faults, CancellationToken cancellationToken)
    {
        if (faults is < 0 or > 1) throw new CliError($"--faults {faults} is no share: write a number from 0 to 1");
        var script = Read(file);
        if (faults > 0) script = script with { Faults = new StandInChance(faults, StandInChance.Every) };
        await using var server = await StandInServer.StartAsync(script, url, cancellationToken);
        Console.WriteLine($"Stand-in model server at {server.Address} (not a model: it answers from a script).");
        Console.WriteLine($"  OpenAI     {server.Address}v1/chat/completions, /v1/embeddings, /v1/models");
        Console.WriteLine($"  Anthropic  {server.Address}v1/messages");
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static StandInScript Read(string? file)
    {
        // A server that runs for hours has no use for the requests it saw.
        if (file is null) return new StandInScript { KeepRequests = 0 };
        try
        {
            return StandInScript.Parse(File.ReadAllText(file)) with { KeepRequests = 0 };
        }
        catch (JsonException error)
        {
            throw new CliError($"{file}: not a stand-in script: {error.Message}");
        }
    }
}
