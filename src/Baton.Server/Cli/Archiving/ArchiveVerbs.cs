using System.CommandLine;
using System.Text.Json;
using Baton.Archive;
using Baton.Archive.Places;
using Baton.Audit.Entries;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;
using Baton.Storage;
using Baton.Storage.Engines;

namespace Baton.Server.Cli.Archiving;

/// <summary>
/// The verbs of <c>baton audit …</c> for months that leave the database: archive, verify, restore, expire.
/// </summary>
internal static class ArchiveVerbs
{
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be done, and do nothing." };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Where the segments are now, a folder or s3://bucket/prefix; without, where each was written.",
    };

    private static string By => "cli:" + Environment.UserName;

    public static IEnumerable<Command> All() => [Archive(), Verify(), Restore(), Expire()];

    private static Command Archive()
    {
        var before = new Option<string?>("--before") { Description = "Months before this one alone, as in 2026-04." };
        var to = new Option<string?>("--to")
        {
            Description = "A folder, or s3://bucket/prefix; without, the setting BATON__Archive__To.",
        };
        var stop = new Option<bool>("--stop") { Description = "End archiving by the calendar; what has left stays where it is." };
        var command = new Command(
            "archive", "Let months whose tickets are long closed leave the database, once they were read back.")
        {
            before, to, stop, DryRun, Json, DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var month = arguments.GetValue(before) is { } name ? Month(name) : null;
            await using var database = DatabaseFile.Open(arguments);
            if (arguments.GetValue(stop))
            {
                await database.WriteAsync(ArchiveSchedule.Remove, token);
                Console.WriteLine("nothing is archived by the calendar any more, until a process with BATON__Archive__To starts");
                return 0;
            }
            var options = Options();
            // On a line each, apart from what is printed: a run of hours says where it is.
            var run = new ArchiveRun(database, options, step => TerminalText.WriteErrorLine($"archive: {step}"),
                async ending =>
                {
                    while (await database.WriteAsync(AuditTables.Step, ending)) { }
                });
            if (arguments.GetValue(DryRun)) return Print(run.Plan(month), arguments.GetValue(Json), done: false);
            var location = arguments.GetValue(to) ?? options.To ?? throw new CliError(
                "say where to: --to FOLDER, --to s3://bucket/prefix, or the setting BATON__Archive__To");
            return Print(await run.RunAsync(location, month, By, token), arguments.GetValue(Json), done: true);
        }));
        return command;
    }

    private static Command Verify()
    {
        var command = new Command(
            "verify", "Walk the ledger and every archived segment; exit code 1 when anything is not as it was written.")
        {
            From, Json, DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments, allowLoss: true);
            var verdict = await new ArchiveWalk(database, Options(), arguments.GetValue(From)).RunAsync(token);
            var whole = verdict.Faults.Count == 0;
            if (arguments.GetValue(Json))
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    whole, events = verdict.Events, segments = verdict.Segments, digest = verdict.Digest,
                    problems = verdict.Faults.Select(f => new { where = f.Where, what = f.What }),
                }, FiguresView.Indented));
            else
            {
                foreach (var fault in verdict.Faults) TerminalText.WriteLine($"{fault.Where}: {fault.What}");
                Console.WriteLine(
                    $"{verdict.Events:N0} events, {verdict.Segments:N0} segments: {(whole ? "whole" : "NOT WHOLE")}. Digest {verdict.Digest}");
            }
            return whole ? 0 : 1;
        }));
        return command;
    }

    private static Command Restore()
    {
        var month = new Argument<string>("month") { Description = "As in 2026-03." };
        var into = new Option<string>("--into") { Description = "New file for the database.", Required = true };
        var command = new Command(
            "restore", "Bring a month into a database of its own, which `why` and `ledger` read with --db.")
        {
            month, into, From, Json, DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            var (name, file) = (Month(arguments.GetValue(month)!), arguments.GetValue(into)!);
            if (StorageEngine.IsServer(file) || File.Exists(file))
                throw new CliError($"{file}: give a file that is not there yet");
            var (location, known, erased, keys) = await KnownAsync(arguments, name);
            var storage = DatabaseFile.Named(file);
            try
            {
                await using var target = Database.Open(
                    storage with { Keys = storage.Keys ?? keys }, TimeProvider.System);
                using var place = ArchivePlace.Of(location, Options());
                var done = await new ArchiveRestore(target, place, location)
                    .RunAsync(name, known, erased, ReadTables.All, token);
                Print(name, file, done, arguments.GetValue(Json));
            }
            catch
            {
                foreach (var left in (string[])["", "-wal", "-shm", ".anchor"]) File.Delete(file + left);
                throw;
            }
            // It is read with the keys as they are now: what was erased since stays closed.
            if (storage.Keys is null && keys is not null && !Path.Exists(file + ".keys"))
                Directory.CreateSymbolicLink(Path.GetFullPath(file) + ".keys", keys);
            return 0;
        }));
        return command;
    }

    private static Command Expire()
    {
        var command = new Command(
            "expire", "Destroy the segments whose years are over, with a certificate in the place of each.")
        {
            DryRun, Json, DatabaseFile.Option,
        };
        command.SetAction((arguments, token) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var expiry = new ArchiveExpiry(
                database, Options(), step => TerminalText.WriteErrorLine($"expire: {step}"));
            var dry = arguments.GetValue(DryRun);
            var segments = dry ? expiry.Due() : await expiry.RunAsync(By, token);
            var waiting = expiry.Waiting();
            if (arguments.GetValue(Json))
                Console.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        done = !dry, segments = segments.Select(View),
                        waiting = waiting.Select(w => new { month = w.Month, why = w.Why }),
                    }, FiguresView.Indented));
            else
            {
                foreach (var segment in segments)
                    TerminalText.WriteLine(
                        $"{segment.Name}  {segment.Events:N0} events  {segment.Location}  archived {segment.ChangedAt:yyyy-MM-dd}");
                foreach (var (month, why) in waiting) TerminalText.WriteLine($"{month}  stays: {why}");
                Console.WriteLine($"{segments.Count:N0} segments {(dry ? "would be destroyed" : "destroyed")}");
            }
            return 0;
        }));
        return command;
    }

    /// <summary>What the database knows of a month; with <c>--from</c> and no database, nothing has to.</summary>
    private static async Task<(
        string Location, IReadOnlyList<ArchiveSegment>? Segments, ErasedSince? Erased, string? Keys)> KnownAsync(
        ParseResult arguments, string month)
    {
        var (from, path) = (arguments.GetValue(From), arguments.GetValue(DatabaseFile.Option)!);
        if (from is not null && !DatabaseFile.Exists(path)) return (ArchivePlace.Whole(from), null, null, null);
        await using var database = DatabaseFile.Open(arguments, allowLoss: true);
        var segments = database.Read(ArchiveSegment.All)
            .Where(s => s.Month == month && s.State is SegmentState.Verified or SegmentState.Archived).ToList();
        segments.RemoveAll(s => s.Month != month);
        // What this database did not write is not taken for its own; without a database, what lies there is looked at.
        if (segments.Count == 0)
            throw new CliError(
                $"no segment of {month} is archived, as {path} knows; `baton audit archive --dry-run` says what is where{(from is null ? "" : ", and with a --db that does not exist what lies there is taken")}");
        if (from is null && segments.Select(s => s.Location).Distinct().Count() > 1)
            throw new CliError(
                $"{month} lies in several places ({string.Join(", ", segments.Select(s => s.Location).Distinct())}); copy its files into one and name that with --from");
        return (from is null ? segments[0].Location : ArchivePlace.Whole(from),
            segments, database.Read(c => ErasedSince.Of(c, month)), database.Keys.Folder);
    }

    private static ArchiveOptions Options()
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        var options = settings.Read("Archive", new ArchiveOptions());
        settings.CloseSections();
        return options;
    }

    private static string Month(string text) => ArchiveMonths.IsName(text) ? text
        : throw new CliError($"'{text}' is no month; write one like 2026-03");

    private static int Print(ArchiveReport report, bool json, bool done)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                done,
                months = report.Months.Select(m => new { month = m.Name, tickets = m.Tickets, left = m.Left }),
                waiting = report.Waiting.Select(w => new { month = w.Month, why = w.Why }),
                segments = report.Segments.Select(View),
            }, FiguresView.Indented));
            return 0;
        }
        foreach (var segment in report.Segments)
            TerminalText.WriteLine(
                $"{segment.Name}  {segment.Events:N0} events, {segment.Messages:N0} messages, {segment.Bytes:N0} bytes  {segment.Location}");
        if (!done)
            foreach (var month in report.Months)
                Console.WriteLine($"{month.Name}  {month.Left:N0} of {month.Tickets:N0} tickets would leave");
        foreach (var (month, why) in report.Waiting) TerminalText.WriteLine($"{month}  stays: {why}");
        if (report.Months.Count + report.Segments.Count + report.Waiting.Count == 0)
            Console.WriteLine("nothing is there to be archived");
        return 0;
    }

    private static void Print(string month, string file, RestoredMonth done, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                month, file, segments = done.Segments, streams = done.Streams, events = done.Events,
                messages = done.Messages, attachments = done.Attachments,
            }, FiguresView.Indented));
        else
            TerminalText.WriteLine(
                $"{month} is in {file}: {done.Events:N0} events of {done.Streams:N0} streams, {done.Messages:N0} messages. Read it with --db {file}");
    }

    private static object View(ArchiveSegment segment) => new
    {
        number = segment.Number, segment = segment.Name, month = segment.Month, state = EnumWords.Of(segment.State),
        location = segment.Location, events = segment.Events, messages = segment.Messages, bytes = segment.Bytes,
        digest = segment.Digest, certificate = segment.Certificate,
    };
}
