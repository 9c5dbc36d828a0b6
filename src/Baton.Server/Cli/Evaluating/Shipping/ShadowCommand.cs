using System.CommandLine;
using System.Globalization;
using Baton.Conversations;
using Baton.Evaluation.Shadows;
using Baton.Playbooks.Loading.Source;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Shipping;

/// <summary><c>baton shadow start|status|report|stop</c>.</summary>
internal static class ShadowCommand
{
    private const int Shown = 12;

    private static readonly Option<double> Share = new("--share")
    {
        Description = "Of conversations, 0 to 1.", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Only = new("--only")
    {
        Description = "Answer nobody meanwhile: people work as before, and Baton looks on.",
    };

    private static readonly Option<string?> For = new("--for")
    {
        Description = "How long, as in 14d; then it ends with a verdict. Default: until it is stopped.",
    };

    private static readonly Option<double> Budget = new("--budget")
    {
        Description = "Dollars a day for its models.", DefaultValueFactory = _ => 5,
    };

    private static readonly Option<string?> Old = new("--old-rules")
    {
        Description = "Field of tickets that says whether the rules of before sent them to a person (yes or no).",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "As JSON." };

    public static Command Command() =>
        new("shadow", "Let a changed playbook decide beside the one in force; nobody gets its decisions.")
        {
            Start(), Report("report", "What it shows: stage by stage, intent by intent, against production and people."),
            Report("status", "The same as report."), Stop(),
        };

    internal static ShadowStore Store(Database database) =>
        new(database, ConversationsSetup.WithoutValues(new Redactor()));

    private static Command Start()
    {
        var (playbook, models) = (Places.Playbook(), Places.Models());
        playbook.Required = true;
        var command = new Command("start", "Keep a playbook as candidate and let it decide what is decided.")
        {
            playbook, models, Share, Only, For, Budget, Old, RolloutCommand.By, RolloutCommand.Why, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var held = RolloutStart.Load(parsed.GetValue(playbook)!, parsed.GetValue(models));
            var plan = Plan(parsed);
            await using var database = DatabaseFile.Open(parsed);
            await PlaybookVersionVerbs.Versions(database).KeepAsync(held, token);
            var started = await Store(database).StartAsync(
                held.Playbook.Version, plan, RolloutCommand.Name(parsed), parsed.GetValue(RolloutCommand.Why)!, token)
                ?? throw new CliError("a shadow runs already: `baton shadow report`, or `… stop` it first");
            Console.WriteLine($"{started.Id}: {started.Candidate[..Shown]} decides {plan.Share:P0} of conversations beside the playbook in force"
                + (plan.Only ? "; nobody is answered while it runs" : ""));
            return 0;
        }));
        return command;
    }

    private static ShadowPlan Plan(ParseResult parsed)
    {
        var (share, budget, until) = (parsed.GetValue(Share), parsed.GetValue(Budget), parsed.GetValue(For));
        if (share is not (> 0 and <= 1))
            throw new CliError($"--share {share.ToString(CultureInfo.InvariantCulture)} is no share: use a number above 0, at most 1");
        if (budget is not (>= 0 and <= 100_000)) throw new CliError($"--budget {budget}: use 0 to 100,000 dollars a day");
        if (until is not null && Durations.Parse(until) is null)
            throw new CliError($"--for '{until}' is no duration: write one like 14d or 12h");
        return new ShadowPlan
        {
            Share = share, Only = parsed.GetValue(Only), BudgetUsd = budget, OldRules = parsed.GetValue(Old),
            Until = until is null ? null : TimeProvider.System.GetUtcNow() + Durations.Parse(until),
        };
    }

    private static Command Report(string name, string what)
    {
        var command = new Command(name, what) { Json, DatabaseFile.Option };
        command.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var store = Store(database);
            if (store.List(1) is not [var shadow])
            {
                Console.WriteLine(parsed.GetValue(Json) ? "null" : "there was no shadow yet: `baton shadow start`");
                return 0;
            }
            ShadowView.Print(
                new ShadowReport(shadow, store.Pairs(shadow.Id), store.Drops(shadow.Id)), parsed.GetValue(Json));
            return 0;
        }));
        return command;
    }

    private static Command Stop()
    {
        var command = new Command("stop", "End it; what it has shown stays.")
        {
            RolloutCommand.By, RolloutCommand.Why, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var store = Store(database);
            var ended = store.Running() is not { } shadow ? null : await store.EndAsync(shadow.Id,
                ShadowState.Stopped, RolloutCommand.Name(parsed), parsed.GetValue(RolloutCommand.Why)!, token);
            Console.WriteLine($"{(ended ?? throw new CliError("no shadow runs")).Id}: stopped");
            return 0;
        }));
        return command;
    }
}
