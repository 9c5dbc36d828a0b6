using System.CommandLine;
using Baton.Conversations;
using Baton.Evaluation.Rollouts;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Server.Cli.Evaluating.Shipping;

/// <summary><c>baton rollout start|status|pause|resume|stop</c>.</summary>
internal static class RolloutCommand
{
    internal static readonly Option<string> By = new("--by")
    {
        Description = "Who decided it.", DefaultValueFactory = _ => "cli:" + Environment.UserName,
    };

    internal static readonly Option<string> Why = new("--why") { Description = "Reason, for the audit log.", Required = true };

    public static Command Command() =>
        new("rollout", "Give a changed playbook to a growing share of tickets; guards end it by themselves.")
        {
            RolloutStart.Verb(), Status(),
            Change("pause", "Give every ticket the version in force, until it is resumed.", RolloutState.Paused),
            Change("resume", "Go on with the share it was paused at.", RolloutState.Running),
            Change("stop", "End it; every ticket has the version in force again.", RolloutState.Stopped),
        };

    internal static RolloutStore Store(Database database)
    {
        var clear = ConversationsSetup.WithoutValues(new Redactor());
        return new RolloutStore(database, PlaybookVersionVerbs.Versions(database),
            new Notices(
                new Outbox(Outbox.DefaultOptions, TimeProvider.System, Random.Shared, clear), TimeProvider.System,
                clear),
            clear);
    }

    /// <exception cref="CliError">It is no name that may stay readable for good.</exception>
    internal static string Name(ParseResult parsed) => parsed.GetValue(By) is { } by && AutonomyRungs.IsName(by) ? by
        : throw new CliError($"--by '{parsed.GetValue(By)}' is no name: use letters, such as \"Ann Lee\"; no addresses or numbers");

    private static Command Status()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("status", "How the last one stands, guard by guard, in both arms.")
        {
            json, DatabaseFile.Option,
        };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var store = Store(database);
            if (store.List(1) is not [var rollout])
            {
                Console.WriteLine(parsed.GetValue(json) ? "null" : "there was no roll-out yet: `baton rollout start`");
                return 0;
            }
            RolloutView.Print(new RolloutReport(rollout, store.Arms(rollout.Id)), parsed.GetValue(json));
            return 0;
        }));
        return command;
    }

    private static Command Change(string name, string what, RolloutState state)
    {
        var command = new Command(name, what) { By, Why, DatabaseFile.Option };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var store = Store(database);
            var changed = store.Open() is not { } open ? null
                : await store.ChangeAsync(open.Id, state, Name(parsed), parsed.GetValue(Why)!, token);
            if (changed is null)
                throw new CliError($"there is no roll-out to {name}: `baton rollout status` shows how the last one stands");
            Console.WriteLine($"{changed.Id}: {EnumWords.Of(changed.State)}, {changed.Share:P0} of new tickets have the candidate");
            return 0;
        }));
        return command;
    }
}
