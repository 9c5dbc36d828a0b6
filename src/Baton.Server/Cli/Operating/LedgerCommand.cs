using System.CommandLine;
using System.Text.Json;
using Baton.Conversations.Clearing;
using Baton.Conversations.Inspection;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton ledger …</c>: is the record whole, the read tables written anew from it, a copy of it.</summary>
internal static class LedgerCommand
{
    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Also read every stored text: find what older releases stored wrongly.",
    };

    private static readonly Option<bool> Mend = new("--mend")
    {
        Description = "With --deep: redact what it finds outside the events.",
    };

    private static readonly Option<string> Published = Places.Playbook();

    public static Command Command(IReadOnlyList<ReadTable> readTables) =>
        new("ledger", "Verify the record of events, write the read tables anew from it, or back it up.")
        {
            Verify(),
            Rebuild(readTables),
            Backup(),
            Accept(),
        };

    private static Command Verify()
    {
        var command = new Command(
            "verify", "Find every changed, missing or reordered event; exit code 1 if there is one.")
        {
            DatabaseFile.Option, MeasureCommand.Json, Deep, Mend, Published,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            var (deep, mend) = (arguments.GetValue(Deep), arguments.GetValue(Mend));
            if (mend && !deep) throw new CliError("--mend changes what --deep finds: write --deep --mend");
            await using var database = DatabaseFile.Open(arguments, allowLoss: true);
            var report = database.Read(LedgerVerifier.Verify);
            if (database.Read(c => AnchorCheck.Problem(c, database.Path)) is { } loss)
                report = report with
                {
                    Problems = [.. report.Problems, new LedgerProblem { Fault = LedgerFault.Missing, What = loss }],
                };
            var found = deep
                ? await DeepCheck.RunAsync(
                    database, new Redactor(), mend, cancellationToken, Public(arguments.GetValue(Published)!))
                : [];
            Print(report, found, arguments.GetValue(MeasureCommand.Json));
            return report.Problems.Count == 0 && found.All(f => f.IsMended) ? 0 : 1;
        }));
        return command;
    }

    /// <summary>What the company says itself is no finding; an address that it no longer publishes is.</summary>
    private static Func<string, bool> Public(string directory)
    {
        var playbook = PlaybookCommand.Load(directory);
        return new PublicTexts(() => playbook).Hold;
    }

    private static Command Rebuild(IReadOnlyList<ReadTable> readTables)
    {
        var command = new Command("rebuild", "Empty the read tables and fill them again from the events.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var tables = await LedgerRebuild.RunAsync(database, readTables, cancellationToken);
            foreach (var table in tables)
                Console.WriteLine($"{table.Table}: {table.Rows:N0} rows, {(table.Changed ? "CHANGED" : "same as before")}");
            if (tables.Count == 0) Console.WriteLine("there are no read tables");
            return 0;
        }));
        return command;
    }

    private static Command Backup()
    {
        var target = new Option<string>("--to") { Description = "New file for the copy.", Required = true };
        var command = new Command("backup", "Copy the database while it is in use, and check the copy.")
        {
            DatabaseFile.Option, target,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var path = arguments.GetValue(target)!;
            database.Backup(path);
            Console.WriteLine($"{path}: {new FileInfo(path).Length:N0} bytes, checked");
            return 0;
        }));
        return command;
    }

    private static Command Accept()
    {
        var command = new Command(
            "accept", "Go on with a restored older copy, or without events that are lost; recorded in the ledger.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments, allowLoss: true);
            var missing = await database.WriteAsync(
                t => AnchorCheck.Accept(t, database.Path, database.Clock.GetUtcNow()), cancellationToken);
            Console.WriteLine(missing is { } events
                ? $"{database.Path}: accepted without {events:N0} events; recorded in stream {AnchorCheck.Stream}"
                : $"{database.Path}: nothing is missing, nothing was changed");
            return 0;
        }));
        return command;
    }

    private static void Print(LedgerReport report, List<DeepFinding> found, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                ok = report.Problems.Count == 0,
                events = report.Events,
                streams = report.Streams,
                digest = report.Digest,
                problems = report.Problems.Select(p => new
                {
                    fault = EnumWords.Of(p.Fault),
                    conversation_id = p.StreamId,
                    version = p.Version,
                    seq = p.Seq,
                    what = p.What,
                }),
                findings = found.Select(f => new { where = f.Where, what = f.What, mended = f.IsMended }),
            }, FiguresView.Indented));
            return;
        }
        foreach (var problem in report.Problems) TerminalText.WriteLine(Line(problem));
        if (report.Problems.Count == LedgerVerifier.ProblemLimit) Console.WriteLine("… and perhaps more");
        foreach (var finding in found)
            Console.WriteLine($"{(finding.IsMended ? "mended" : "found")}: {finding.Where}: {finding.What}");
        if (found.Count >= DeepCheck.FindingLimit) Console.WriteLine("… and perhaps more");
        var verdict = report.Problems.Count == 0 ? "whole" : "NOT WHOLE";
        Console.WriteLine($"{report.Events:N0} events in {report.Streams:N0} streams: {verdict}. Digest {report.Digest}");
    }

    private static string Line(LedgerProblem problem)
    {
        var stream = problem.StreamId is null ? "" : $" {problem.StreamId}";
        var version = problem.Version is null ? "" : $" version {problem.Version}";
        var seq = problem.Seq is null ? "" : $" (seq {problem.Seq})";
        return $"{EnumWords.Of(problem.Fault)}:{stream}{version}{seq}: {problem.What}";
    }
}
