using System.CommandLine;
using System.Globalization;
using Baton.Evaluation.Rollouts;
using Baton.Evaluation.Sequential;
using Baton.Playbooks;
using Baton.Playbooks.Loading.Source;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating.Shipping;

/// <summary><c>baton rollout start</c>.</summary>
internal static class RolloutStart
{
    private const int MostSteps = 20, Shown = 12;

    private static readonly Option<string> Ramp = new("--ramp")
    {
        Description = "Shares of new tickets in percent, one after the other. With --metric: one share.",
        DefaultValueFactory = _ => "1,5,25,50,100",
    };

    private static readonly Option<string> Hold = new("--hold")
    {
        Description = "How long each share is held at least, as in 24h or 30m.", DefaultValueFactory = _ => "24h",
    };

    private static readonly Option<int> Least = new("--least")
    {
        Description = "Tickets the candidate has to have had before a share grows.", DefaultValueFactory = _ => 10,
    };

    private static readonly Option<string[]> Guards = new("--guard")
    {
        Description = $"What ends it: NAME, NAME=RATIO or escalation_band=LOW..HIGH, of {string.Join(", ", RolloutGuard.Names)}. "
            + "None: all but the band.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<double> Alpha = new("--alpha")
    {
        Description = "Chance that a candidate that makes nothing worse is halted, over all guards and looks.",
        DefaultValueFactory = _ => 0.05,
    };

    private static readonly Option<string?> Metric = new("--metric")
    {
        Description = "An A/B comparison by this one metric, a guard's name: nothing comes into force by itself.",
    };

    private static readonly Option<double> Effect = new("--effect")
    {
        Description = "The difference worth finding: of shares in points of 1, of cost and latency in standard deviations.",
        DefaultValueFactory = _ => 0.05,
    };

    private static readonly Option<double?> Baseline = new("--baseline")
    {
        Description = "The metric's share now; known of escalations and csat from the last four weeks.",
    };

    private static readonly Option<string> Plan = new("--plan")
    {
        Description = "fixed: looked at once, when both arms are full; sequential: at any time.",
        DefaultValueFactory = _ => "sequential",
    };

    private static readonly Option<bool> Over = new("--override")
    {
        Description = "Also without a run that passed its gates.",
    };

    public static Command Verb()
    {
        var (playbook, models) = (Places.Playbook(), Places.Models());
        playbook.Required = true;
        var command = new Command("start", "Keep a playbook as candidate and give it to the first share.")
        {
            playbook, models, Ramp, Hold, Least, Guards, Alpha, Metric, Effect, Baseline, Plan, Over,
            RolloutCommand.By, RolloutCommand.Why, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(
            parsed, Load(parsed.GetValue(playbook)!, parsed.GetValue(models)), token)));
        return command;
    }

    /// <exception cref="CliError">The folder is no valid playbook.</exception>
    internal static LoadedPlaybook.Valid Load(string folder, string? models) =>
        PlaybookLoader.Load(folder, modelsFile: models) is LoadedPlaybook.Valid valid ? valid
            : throw new CliError($"{folder} is no valid playbook: baton playbook check --playbook {folder} says why");

    private static async Task<int> RunAsync(
        ParseResult parsed, LoadedPlaybook.Valid held, CancellationToken cancellationToken)
    {
        await using var database = DatabaseFile.Open(parsed);
        var versions = PlaybookVersionVerbs.Versions(database);
        var state = versions.State()
            ?? throw new CliError("no playbook is in force yet: start `baton serve` on this database once");
        var version = held.Playbook.Version;
        if (state.Active == version)
            throw new CliError($"{version[..Shown]} is in force already: there is nothing to roll out");
        if (held.Playbook.IsGated && !versions.HasPassed(version) && !parsed.GetValue(Over))
            throw new CliError($"no run of {version[..Shown]} has passed its gates: run `baton eval gate --db …`, "
                + "or say --override");
        var plan = Read(parsed, database);
        Print(plan);
        await versions.KeepAsync(held, cancellationToken);
        var started = await RolloutCommand.Store(database).StartAsync(
            version, state.Active, plan, RolloutCommand.Name(parsed), parsed.GetValue(RolloutCommand.Why)!,
            cancellationToken) ?? throw new CliError("a roll-out is open already: `baton rollout status`, or `… stop` it first");
        Console.WriteLine($"{started.Id}: {version[..Shown]} beside {state.Active[..Shown]}; every process takes it up within seconds");
        return 0;
    }

    private static RolloutPlan Read(ParseResult parsed, Database database)
    {
        var comparison = Comparison(parsed, database);
        var text = comparison is not null && parsed.GetResult(Ramp)?.Implicit != false ? "50" : parsed.GetValue(Ramp)!;
        var ramp = Shares(text);
        if (comparison is not null && (ramp.Count != 1 || ramp[0] >= 1))
            throw new CliError($"--ramp {text}: a comparison has one share, above 0 and below 100");
        if (Durations.Parse(parsed.GetValue(Hold)!) is not { } hold)
            throw new CliError($"--hold '{parsed.GetValue(Hold)}' is no duration: write one like 24h, 30m or 7d");
        if (parsed.GetValue(Least) is not (>= 1 and <= 1_000_000))
            throw new CliError($"--least {parsed.GetValue(Least)}: use 1 to 1,000,000 tickets");
        if (parsed.GetValue(Alpha) is not (>= 0.0001 and <= 0.5))
            throw new CliError($"--alpha {parsed.GetValue(Alpha)}: use 0.0001 to 0.5");
        return new RolloutPlan
        {
            Ramp = ramp, Hold = hold, Least = parsed.GetValue(Least), Alpha = parsed.GetValue(Alpha),
            Guards = ReadGuards(parsed.GetValue(Guards) ?? []), Comparison = comparison,
        };
    }

    /// <exception cref="CliError">It is no list of growing shares.</exception>
    internal static IReadOnlyList<double> Shares(string text)
    {
        List<double> shares = [];
        foreach (var part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
                || percent is not (> 0 and <= 100) || (shares.Count > 0 && percent / 100 <= shares[^1]))
                throw new CliError($"--ramp {text}: '{part}' is no share that grows; write percents such as 1,5,25,50,100");
            shares.Add(percent / 100);
        }
        return shares.Count <= MostSteps ? shares : throw new CliError($"--ramp has {shares.Count} shares: at most {MostSteps}");
    }

    private static IReadOnlyList<RolloutGuard> ReadGuards(string[] texts)
    {
        try
        {
            return texts.Length == 0 ? RolloutGuard.Default
                : [.. texts.Select(RolloutGuard.Read).DistinctBy(g => g.Name)];
        }
        catch (FormatException error)
        {
            throw new CliError("--guard " + error.Message);
        }
    }

    private static ArmComparison? Comparison(ParseResult parsed, Database database)
    {
        if (parsed.GetValue(Metric) is not { } metric) return null;
        if (metric == RolloutGuard.Band || !RolloutGuard.Names.Contains(metric))
            throw new CliError($"--metric '{metric}' cannot be compared: use "
                + string.Join(", ", RolloutGuard.Names.Where(n => n != RolloutGuard.Band)));
        var (effect, plan) = (parsed.GetValue(Effect), parsed.GetValue(Plan));
        if (plan is not ("fixed" or "sequential")) throw new CliError($"--plan '{plan}': say fixed or sequential");
        if (effect is not (> 0 and <= 10)) throw new CliError($"--effect {effect}: use a number above 0");
        var isMean = metric is RolloutGuard.Cost or RolloutGuard.Latency;
        var size = isMean ? SampleSize.OfMeans(effect) : OfShare(metric, effect, parsed.GetValue(Baseline), database);
        return new ArmComparison(metric, plan == "sequential", 0.05, size);
    }

    private static int OfShare(string metric, double effect, double? given, Database database)
    {
        var now = given ?? Known(metric, database) ?? throw new CliError(
            $"--metric {metric}: say with --baseline what its share is now, as in --baseline 0.1");
        if (now is not (>= 0 and <= 1)) throw new CliError($"--baseline {now}: use a share, 0 to 1");
        // The metric counts what goes wrong: fewer of it is what a candidate is for.
        var then = now - effect > 0 ? now - effect : now + effect;
        if (then >= 1) throw new CliError($"--effect {effect} leads from {now} beyond 0 and 1: use a smaller one");
        return SampleSize.OfShares(now, then);
    }

    private static double? Known(string metric, Database database)
    {
        var (name, turned) = metric switch
        {
            RolloutGuard.Escalations => ("escalation_rate", false),
            RolloutGuard.Csat => ("csat", true),
            _ => ("", false),
        };
        return ProductionFigures.Of(database).GetValueOrDefault(name) is { N: > 0 } value
            ? turned ? 1 - value.Value : value.Value : null;
    }

    private static void Print(RolloutPlan plan)
    {
        Console.WriteLine($"guards: {string.Join(", ", plan.Guards.Select(g => g.Text))}; "
            + FormattableString.Invariant($"a candidate that makes nothing worse is halted with a chance of {plan.Alpha:P1} at most"));
        if (plan.Comparison is not { } ab) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sample size: {ab.PerArm:N0} tickets an arm for {ab.Metric} (two-sided, 5 %, power 80 %); "
            + $"at {plan.Ramp[0]:P0} that is {ab.PerArm / Math.Min(plan.Ramp[0], 1 - plan.Ramp[0]):N0} new tickets")
            + (ab.Sequential ? "; a sequential plan ends earlier where the difference is larger" : ""));
    }
}
