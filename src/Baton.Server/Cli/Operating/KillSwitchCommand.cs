using System.CommandLine;
using Baton.Conversations;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Privacy;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton kill-switch on|off|status</c>.</summary>
internal static class KillSwitchCommand
{
    public static Command Command()
    {
        var why = new Option<string?>("--why") { Description = "Reason, for the audit log." };
        var scope = new Option<string>("--scope")
        {
            Description = "What to stop: all, channel, intent, agent, tool or provider.",
            DefaultValueFactory = _ => EnumWords.Of(KillScope.All),
        };
        var name = new Option<string?>("--name") { Description = "Which channel, intent, agent, tool or provider." };
        return new Command("kill-switch", "Stop automation at once, or let it go on.")
        {
            Verb("on", "Stop automation: customers get the fixed text, people get the tickets.", true, why, scope, name),
            Verb("off", "Let automation go on.", false, why, scope, name),
            Verb("status", "Say whether automation is stopped, since when and by whom.", null, why, scope, name),
        };
    }

    private static Command Verb(
        string name, string what, bool? set, Option<string?> why, Option<string> scope, Option<string?> part)
    {
        var command = new Command(name, what) { DatabaseFile.Option, why };
        if (set is not null)
        {
            command.Add(scope);
            command.Add(part);
        }
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(
            parsed, set, parsed.GetValue(why), set is null ? null : parsed.GetValue(scope),
            set is null ? null : parsed.GetValue(part), token)));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, bool? set, string? why, string? word, string? name, CancellationToken cancellationToken)
    {
        var scope = EnumWords.Find<KillScope>(word ?? "all")
            ?? throw new CliError($"--scope '{word}' is none: use {string.Join(", ", EnumWords.All<KillScope>())}");
        if (scope != KillScope.All == string.IsNullOrWhiteSpace(name))
            throw new CliError(scope == KillScope.All ? "--name belongs to a --scope: say which, such as --scope channel"
                : $"--scope {word} needs --name: which {word}?");
        await using var database = DatabaseFile.Open(arguments);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var killSwitch = new KillSwitch(database, new KillSwitchOptions(environment["AGENT_MODE"]),
            ConversationsSetup.WithoutValues(new Redactor()));
        if (set is { } on)
            await killSwitch.SetAsync(on, scope, name ?? "", "cli:" + Environment.UserName, why, cancellationToken);
        var state = killSwitch.Read();
        Console.WriteLine(state.On
            ? $"on: automation is stopped, by {state.By}{(state.Since is { } since ? $" since {since:u}" : "")}{(state.Why is null ? "" : $" ({state.Why})")}"
            : "off: automation is running");
        foreach (var part in killSwitch.Parts())
            TerminalText.WriteLine($"on: {EnumWords.Of(part.Scope)} {part.Name} is stopped, by {part.By} since {part.Since:u}"
                + (part.Why is null ? "" : $" ({part.Why})"));
        return 0;
    }
}
