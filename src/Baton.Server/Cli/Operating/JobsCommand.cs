using System.CommandLine;
using Baton.Playbooks;
using Baton.Server.Cli.Knowing;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton jobs …</c>: what waits, what has failed for good, and what to do about it.</summary>
internal static class JobsCommand
{
    private static readonly Argument<long> Id = new("id") { Description = "Number of the job." };

    public static Command Command() =>
        new("jobs", "List the jobs of the queue, and run dead ones again or discard them.")
    {
        List(),
        Show(),
        Redrive(),
        Discard(),
        OpenNotices(),
    };

    private static Command List()
    {
        var state = new Option<JobState>(
            "--state") { Description = "Which jobs.", DefaultValueFactory = _ => JobState.Dead };
        var limit = new Option<int>("--limit") { Description = "Rows at most.", DefaultValueFactory = _ => 50 };
        var command = new Command(
            "list", "Count all jobs and list those of one state.") { DatabaseFile.Option, state, limit };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var counts = database.Read(JobInspection.Counts);
            Console.WriteLine(string.Join(" · ", Enum.GetValues<JobState>().Select(
                s => $"{EnumWords.Of(s)} {counts.GetValueOrDefault(s):N0}")));
            var jobs = database.Read(c => JobInspection.List(c, arguments.GetValue(state), arguments.GetValue(limit)));
            if (jobs.Count > 0) AnsiConsole.Write(Table(jobs));
            foreach (var held in database.Read(Outbox.Held))
                TerminalText.WriteLine($"held      {held.Count:N0} for {held.Kind}: {held.Why}");
            if (database.Read(c => Timers.DueAt(c, SyncSchedule.Key, SyncSchedule.Kind)) is { } next)
                Console.WriteLine($"schedule  {SyncSchedule.Kind}, next {next:u}");
            var notices = database.Read(c => Notices.Open(c, 1_000)).Count;
            if (notices > 0) Console.WriteLine($"notices   {notices:N0} open; `baton jobs notices` shows them");
            return 0;
        }));
        return command;
    }

    private static Command Show()
    {
        var command = new Command(
            "show", "Print one job with its payload and its last error.") { Id, DatabaseFile.Option };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var id = arguments.GetValue(Id);
            var job = database.Read(c => JobInspection.Find(c, id)) ?? throw Unknown(id);
            TerminalText.WriteLine($"job       {job.Id} ({job.Kind}, queue {job.Queue})");
            Console.WriteLine($"state     {EnumWords.Of(job.State)}, {job.Attempts} attempts");
            TerminalText.WriteLine($"key       {job.Key ?? "–"}");
            Console.WriteLine($"created   {job.CreatedAt:u}");
            Console.WriteLine($"run at    {job.RunAt:u}");
            TerminalText.WriteLine($"owner     {job.Owner ?? "–"}");
            TerminalText.WriteLine($"error     {job.Error ?? "–"}");
            TerminalText.WriteLine($"payload   {job.Payload}");
            return 0;
        }));
        return command;
    }

    private static Command Redrive()
    {
        var all = new Option<bool>("--all") { Description = "Every dead job." };
        var id = new Argument<long?>("id") { Description = "Number of the job.", DefaultValueFactory = _ => null };
        var command = new Command(
            "redrive", "Give dead jobs all their attempts again.") { id, all, DatabaseFile.Option };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            var one = arguments.GetValue(id);
            if (one is null && !arguments.GetValue(all)) throw new CliError("name a job, or --all for every dead one");
            await using var database = DatabaseFile.Open(arguments);
            var done = await database.WriteAsync(transaction =>
            {
                List<long> ids = one is { } single
                    ? [single]
                    : JobInspection.List(transaction, JobState.Dead, int.MaxValue).ConvertAll(j => j.Id);
                return ids.Count(i => JobInspection.Redrive(transaction, i, database.Clock));
            }, cancellationToken);
            if (done == 0 && one is { } missing) throw Unknown(missing, "dead ");
            Console.WriteLine($"{done:N0} jobs run again");
            return 0;
        }));
        return command;
    }

    private static Command Discard()
    {
        var command = new Command("discard", "Remove one dead job for good.") { Id, DatabaseFile.Option };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var id = arguments.GetValue(Id);
            if (!await database.WriteAsync(t => JobInspection.Discard(t, id), cancellationToken))
                throw Unknown(id, "dead ");
            Console.WriteLine($"job {id} is discarded");
            return 0;
        }));
        return command;
    }

    private static Command OpenNotices()
    {
        var close = new Option<string?>("--close")
        {
            Description = "Close the notices of this group: the next one is sent again.",
        };
        var command = new Command("notices", "List open messages to people, or close those of a group.")
        {
            close, DatabaseFile.Option,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            if (arguments.GetValue(close) is { } group)
            {
                var outbox = new Outbox(Outbox.DefaultOptions, database.Clock, Random.Shared);
                var notices = new Notices(outbox, database.Clock);
                if (await database.WriteAsync(t => notices.Close(t, group), cancellationToken) == 0)
                    throw new CliError($"no notice of group '{group}' is open; `baton jobs notices` shows what is");
                Console.WriteLine($"the notices of '{group}' are closed");
                return 0;
            }
            foreach (var raised in database.Read(c => Notices.Open(c, 1_000)))
                TerminalText.WriteLine(
                    $"{raised.LastAt:u}  {EnumWords.Of(raised.Notice.Urgency)}  {raised.Notice.Group}  "
                    + $"to {raised.Notice.To}, {raised.Count:N0} times: {raised.Notice.Title}. {raised.Notice.Text}");
            return 0;
        }));
        return command;
    }

    private static Table Table(IEnumerable<JobView> jobs)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("id", "queue", "kind", "key", "tries", "run at", "error");
        foreach (var job in jobs)
        {
            table.AddRow(
                $"{job.Id}", Markup.Escape(job.Queue), Markup.Escape(job.Kind),
                Markup.Escape(TerminalText.Clean(job.Key ?? "–")),
                $"{job.Attempts}", $"{job.RunAt:u}", Markup.Escape(TerminalText.Clean(FirstLine(job.Error))));
        }
        return table;
    }

    private static string FirstLine(string? error)
    {
        var line = (error ?? "").Split('\n')[0];
        return line.Length <= 80 ? line : line[..80] + "…";
    }

    private static CliError Unknown(long id, string state = "") =>
        new($"there is no {state}job {id}; `baton jobs list` shows the dead ones");
}
