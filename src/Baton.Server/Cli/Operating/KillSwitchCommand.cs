using System.CommandLine;
using Baton.Conversations;
using Baton.Operations;
using Baton.Privacy;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton kill-switch on|off|status</c>.</summary>
internal static class KillSwitchCommand
{
    public static Command Command()
    {
        var why = new Option<string?>("--why") { Description = "Reason, for the audit log." };
        return new Command("kill-switch", "Stop automation at once, or let it go on.")
        {
            Verb("on", "Stop automation: customers get the fixed text, people get the tickets.", true, why),
            Verb("off", "Let automation go on.", false, why),
            Verb("status", "Say whether automation is stopped, since when and by whom.", null, why),
        };
    }

    private static Command Verb(string name, string what, bool? set, Option<string?> why)
    {
        var command = new Command(name, what) { DatabaseFile.Option, why };
        command.SetAction((parsed, token) => CliError.Guard(
            () => RunAsync(parsed, set, parsed.GetValue(why), token)));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, bool? set, string? why, CancellationToken cancellationToken)
    {
        await using var database = DatabaseFile.Open(arguments);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var killSwitch = new KillSwitch(database, new KillSwitchOptions(environment["AGENT_MODE"]),
            ConversationsSetup.WithoutValues(new Redactor()));
        if (set is { } on) await killSwitch.SetAsync(on, "cli:" + Environment.UserName, why, cancellationToken);
        var state = killSwitch.Read();
        Console.WriteLine(state.On
            ? $"on: automation is stopped, by {state.By}{(state.Since is { } since ? $" since {since:u}" : "")}{(state.Why is null ? "" : $" ({state.Why})")}"
            : "off: automation is running");
        return 0;
    }
}
