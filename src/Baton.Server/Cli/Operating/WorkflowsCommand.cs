using System.CommandLine;
using System.Globalization;
using Baton.Decisions.Stages.Acting;
using Baton.Playbooks;
using Baton.Playbooks.Workflows;
using Baton.Testing.Commerce;
using Baton.Workflows;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton workflows list|show|try|undo</c>.</summary>
internal static class WorkflowsCommand
{
    public static Command Command() =>
        new("workflows", "What agents do for customers, step by step: list, show, try on a past ticket, undo.")
        {
            ListVerb(), ShowVerb(), TryVerb(), UndoVerb(),
        };

    private static Command ListVerb()
    {
        var playbook = Places.Playbook();
        var command = new Command("list", "Every workflow with its intents and steps.") { playbook };
        command.SetAction((parsed, token) => CliError.Guard(() =>
        {
            foreach (var workflow in Load(parsed.GetValue(playbook)!).Workflows)
                TerminalText.WriteLine($"{workflow.Name}: {workflow.Description} "
                    + $"(for {string.Join(", ", workflow.Intents)}; {workflow.Steps.Count} steps)");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command ShowVerb()
    {
        var (playbook, name) = (Places.Playbook(), Name());
        var command = new Command("show", "The steps of a workflow, and who takes each.") { name, playbook };
        command.SetAction((parsed, token) => CliError.Guard(() =>
        {
            foreach (var step in Find(Load(parsed.GetValue(playbook)!), parsed.GetValue(name)!).Steps)
                TerminalText.WriteLine($"{step.Name} ({step.Agent}): {What(step)}");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command TryVerb()
    {
        var (playbook, name, ticket) = (Places.Playbook(), Name(), Ticket());
        var verified = new Option<bool>("--verified") { Description = "As if the channel had verified who asks." };
        var toolBase = ToolBase();
        var command = new Command(
            "try", "Walk a workflow on a past ticket: look-ups are made, everything is decided, nothing is changed.")
        {
            name, ticket, verified, toolBase, playbook, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var services = await HostAsync(parsed, playbook, toolBase);
            var trial = ActivatorUtilities.CreateInstance<WorkflowTrial>(services);
            var workflow = Find(services.GetRequiredService<PlaybookHost>().Current, parsed.GetValue(name)!);
            var result = await trial.TryAsync(
                workflow, parsed.GetValue(ticket)!, parsed.GetValue(verified), token) ?? throw NoTicket(parsed, ticket);
            foreach (var step in result.Steps) TerminalText.WriteLine(Line(step));
            TerminalText.WriteLine(result.Outcome switch
            {
                WorkflowOutcome.Done => "would be done; nothing was changed",
                WorkflowOutcome.Waiting => "would wait for an approval",
                _ => $"a person: {WorkflowRunner.Why(result.Outcome)}",
            });
            return 0;
        }));
        return command;
    }

    private static Command UndoVerb()
    {
        var (playbook, ticket, toolBase) = (Places.Playbook(), Ticket(), ToolBase());
        var command = new Command("undo", "Take back what workflows have done for a ticket, where the shop allows it.")
        {
            ticket, toolBase, playbook, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            await using var services = await HostAsync(parsed, playbook, toolBase);
            var trial = ActivatorUtilities.CreateInstance<WorkflowTrial>(services);
            var undone = await trial.UndoAsync(parsed.GetValue(ticket)!, token) ?? throw NoTicket(parsed, ticket);
            foreach (var step in undone) TerminalText.WriteLine(Line(step));
            if (undone.Count == 0) TerminalText.WriteLine("there is nothing to undo");
            return undone.All(s => s.State == StepResult.Undone) ? 0 : 2;
        }));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "Name of the workflow." };

    private static Argument<string> Ticket() => new("ticket") { Description = "Id of the ticket." };

    private static Option<string?> ToolBase() => new("--tool-base")
    {
        Description = "What {base} in tool addresses stands for (default: a demo shop in memory).",
    };

    private static CliError NoTicket(ParseResult parsed, Argument<string> ticket) =>
        new($"no ticket '{parsed.GetValue(ticket)}' in {parsed.GetValue(DatabaseFile.Option)}");

    private static async Task<ServiceProvider> HostAsync(
        ParseResult parsed, Option<string> playbook, Option<string?> toolBase)
    {
        var database = parsed.GetValue(DatabaseFile.Option)!;
        DatabaseFile.Name(database);
        if (!DatabaseFile.Exists(database)) throw new CliError($"{database}: no such file; name it with --db FILE");
        var given = parsed.GetValue(toolBase);
        return await CliHost.BuildAsync(new BatonOptions
        {
            Playbook = parsed.GetValue(playbook)!, Database = database,
            ToolBase = given is null ? ShopHandler.Base : new Uri(given),
            ToolHandler = given is null ? new ShopHandler(new SampleShop(TimeProvider.System)) : null,
        });
    }

    private static Workflow Find(Playbook playbook, string name) =>
        playbook.Workflows.FirstOrDefault(w => w.Name == name) ?? throw new CliError(
            $"there is no workflow '{name}'{Suggestion.Hint(name, [.. playbook.Workflows.Select(w => w.Name)])}");

    private static string What(WorkflowStep step) => step switch
    {
        WorkflowStep.Call call => $"calls {call.Tool}{(call.Undo is { } undo ? $", undone by {undo.Tool}" : "")}",
        WorkflowStep.Score score => $"looks for {score.Signs.Count} signs, suspicious from {score.SuspiciousFrom} points"
            + (score.OpinionFrom is { } from ? $", a model looks as well from {from}" : ""),
        WorkflowStep.Check check => "goes on where " + string.Join("; ", check.Rules.Select(r => r.When.Text)),
        _ => "tells the customer",
    };

    private static string Line(StepResult step) => string.Create(CultureInfo.InvariantCulture,
        $"{step.Name} ({step.Agent}): {step.State.Replace('_', ' ')} {step.Note} {step.Reference} {step.Amount:0.00}").TrimEnd();

    private static Playbook Load(string folder) => PlaybookLoader.Load(folder) is LoadedPlaybook.Valid valid
        ? valid.Playbook
        : throw new CliError($"{folder} is no valid playbook: baton playbook check --playbook {folder} says why");
}
