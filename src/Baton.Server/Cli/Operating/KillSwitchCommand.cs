using System.CommandLine;
using Baton.Channels;
using Baton.Conversations;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Server.Pages.OnCall;
using Baton.Storage;

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
        var isUnchecked = new Option<bool>("--unchecked")
        {
            Description = "Stop a name that the playbook does not have, such as one of another version.",
        };
        return new Command("kill-switch", "Stop automation at once, or let it go on.")
        {
            Verb("on", "Stop automation: customers get the fixed text, people get the tickets.", true, why, scope, name, isUnchecked),
            Verb("off", "Let automation go on.", false, why, scope, name, isUnchecked),
            Verb("status", "Say whether automation is stopped, since when and by whom.", null, why, scope, name, isUnchecked),
        };
    }

    private static Command Verb(
        string name, string what, bool? set, Option<string?> why, Option<string> scope, Option<string?> part,
        Option<bool> isUnchecked)
    {
        var command = new Command(name, what) { DatabaseFile.Option, why };
        var (playbook, models) = (Places.Playbook(), Places.Models());
        if (set is not null)
        {
            command.Add(scope);
            command.Add(part);
        }
        if (set == true)
            foreach (var option in (Option[])[isUnchecked, playbook, models]) command.Add(option);
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var word = set is null ? null : parsed.GetValue(scope);
            var named = set is null ? null : parsed.GetValue(part);
            if (set == true && !parsed.GetValue(isUnchecked) && EnumWords.Find<KillScope>(word ?? "") is { } known
                && known != KillScope.All && !string.IsNullOrWhiteSpace(named))
                await CheckAsync(known, named, new BatonOptions
                {
                    Database = parsed.GetValue(DatabaseFile.Option)!, Playbook = parsed.GetValue(playbook)!,
                    Models = parsed.GetValue(models),
                });
            return await RunAsync(parsed, set, parsed.GetValue(why), word, named, token);
        }));
        return command;
    }

    /// <summary>A playbook that cannot be read holds nobody up who has to stop something.</summary>
    private static async Task CheckAsync(KillScope scope, string name, BatonOptions options)
    {
        string? problem;
        try
        {
            await using var services = CliHost.Compose(options);
            problem = StoppableParts.Unknown(scope, name, services.GetRequiredService<PlaybookHost>().Current,
                services.GetRequiredService<ChannelList>().All.Select(c => c.Name));
        }
        catch (Exception error) when (error is InvalidPlaybookException or BatonSettingException or IOException
            or StorageException)
        {
            Console.Error.WriteLine($"whether there is such a {EnumWords.Of(scope)} could not be looked up: {error.Message}");
            return;
        }
        if (problem is not null) throw new CliError($"{problem}; --unchecked stops it all the same");
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
        if (set == false && scope != KillScope.All
            && StoppableParts.NotStopped(scope, name!, killSwitch.Parts()) is { } running) throw new CliError(running);
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
