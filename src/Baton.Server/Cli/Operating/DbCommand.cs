using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Moving;

namespace Baton.Server.Cli.Operating;

/// <summary>
/// <c>baton db …</c>: what the database holds, its tables brought up to date, all of it moved to another one.
/// </summary>
internal static class DbCommand
{
    private const double Megabyte = 1024 * 1024;

    public static Command Command() =>
        new("db", "Look at the database, bring its tables up to date, or move it between a file and PostgreSQL.")
        {
            Status(),
            Upgrade(),
            Move(),
        };

    private static Command Status()
    {
        var command = new Command(
            "status", "Engine, migrations, sizes, growth, what is open and the head of the ledger; changes nothing.")
        {
            DatabaseFile.Option, MeasureCommand.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(() =>
        {
            var status = DatabaseStatus.Read(DatabaseFile.Options(arguments), TimeProvider.System);
            if (arguments.GetValue(MeasureCommand.Json)) Console.WriteLine(Json(status));
            else Print(status);
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command Upgrade()
    {
        var plain = new Option<bool>("--no-backup") { Description = "Do not copy a file before its tables are changed." };
        var command = new Command(
            "upgrade", "Bring the tables up to date, as the first start of a new release does. Two at once are safe.")
        {
            DatabaseFile.Option, plain,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var options = DatabaseFile.Options(arguments, create: true) with { UpgradeAtStart = true };
            if (!arguments.GetValue(plain)) CopyBefore(options);
            await using var database = Database.Open(options, TimeProvider.System);
            foreach (var name in database.Upgraded) Console.WriteLine($"applied {name}");
            Console.WriteLine(database.Upgraded.Count == 0 ? "the tables are up to date, nothing was changed"
                : $"{database.Upgraded.Count} migrations applied");
            return 0;
        }));
        return command;
    }

    /// <summary>An upgrade that cannot be undone by starting the release before it is undone by this copy.</summary>
    private static void CopyBefore(DatabaseOptions options)
    {
        if (StorageEngine.IsServer(options.Path) || !File.Exists(options.Path)) return;
        var status = DatabaseStatus.Read(options, TimeProvider.System);
        if (status is { Schema: null } or { Missing.Count: 0 }) return;
        var copy = $"{options.Path}.{status.Schema}";
        if (File.Exists(copy)) return;
        StorageEngine.Of(options).Backup(copy, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"copied to {copy}, {new FileInfo(copy).Length:N0} bytes");
    }

    private static Command Move()
    {
        var to = new Option<string>("--to") { Description = "An empty database: a new file, or a PostgreSQL URL." };
        var cancel = new Option<bool>("--cancel")
        {
            Description = "Let the database that --db names be written again; what the target got since stays there.",
        };
        var command = new Command(
            "move", "Move everything to another database; this one can be read meanwhile. Run it again to go on.")
        {
            DatabaseFile.Option, to, cancel,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            var target = arguments.GetValue(to);
            if (arguments.GetValue(cancel) == target is not null)
                throw new CliError("name the new database with --to ADDRESS, or give a move up with --cancel");
            await using var source = Database.Open(
                DatabaseFile.Options(arguments) with { AllowLoss = target is null }, TimeProvider.System);
            return target is null
                ? await CancelAsync(source, cancellationToken)
                : await MoveAsync(source, target, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> CancelAsync(Database source, CancellationToken cancellationToken)
    {
        Console.WriteLine(await DatabaseMove.CancelAsync(source, cancellationToken)
            ? $"{source.Path}: may be written again; the other database was not touched, do not run Baton on both"
            : $"{source.Path}: is not being moved, nothing was changed");
        return 0;
    }

    private static async Task<int> MoveAsync(Database source, string address, CancellationToken cancellationToken)
    {
        await using var target = Database.Open(
            DatabaseFile.Named(address) with { AllowLoss = true }, TimeProvider.System);
        Console.WriteLine($"{source.Path} → {target.Path}");
        Console.WriteLine("the source can be read and not written until this is over");
        var report = await new DatabaseMove(source, target, Progress()).RunAsync(cancellationToken);
        foreach (var table in report.Tables.Where(t => t.Rows > 0 || !t.IsSame))
            Console.WriteLine($"{(table.IsSame ? "same" : "DIFFERS")}  {table.Name}: {table.Rows:N0} rows, {table.Digest[..16]}");
        Console.WriteLine($"ledger: {report.Events:N0} events, {report.Problems.Count:N0} problems");
        if (!report.IsWhole)
            throw new CliError($"{target.Path} is not what {source.Path} is: the source stays as it is. Give the move up "
                + "with --cancel, and begin again with an empty database");
        Console.WriteLine($"moved: start Baton with --db {target.Path}; {source.Path} is marked and cannot be written");
        Console.WriteLine(source.Keys.Folder == target.Keys.Folder
            ? $"keys of customers' texts: stay in {source.Keys.Folder}"
            : $"keys of customers' texts are in no database: copy {source.Keys.Folder} to {target.Keys.Folder} before you start");
        return 0;
    }

    /// <summary>A line now and then, with the time that is left at the speed so far.</summary>
    private static Action<MoveProgress> Progress()
    {
        var watch = Stopwatch.StartNew();
        var (next, first) = (TimeSpan.Zero, -1L);
        return progress =>
        {
            if (first < 0) first = progress.Rows;
            if (watch.Elapsed < next && progress.Table is not null) return;
            next = watch.Elapsed + TimeSpan.FromSeconds(2);
            var done = progress.Rows - first;
            TimeSpan? left = done == 0
                ? null : watch.Elapsed * ((progress.AllRows - progress.Rows) / (double)done);
            Console.WriteLine(progress.Table is null
                ? $"{progress.AllRows:N0} rows are there, {watch.Elapsed:hh\\:mm\\:ss}; comparing both sides"
                : $"{progress.Rows:N0} of {progress.AllRows:N0} rows, at {progress.Table}"
                    + (left is { } rest ? $", about {rest:hh\\:mm\\:ss} left" : ""));
        };
    }

    private static void Print(DatabaseStatus status)
    {
        Console.WriteLine($"engine       {status.Engine}");
        Console.WriteLine($"schema       {status.Schema ?? "none yet"}");
        Console.WriteLine($"missing      {(status.Missing.Count == 0 ? "nothing" : string.Join(", ", status.Missing))}");
        Console.WriteLine($"size         {status.Bytes / Megabyte:N1} MiB");
        foreach (var (table, bytes) in status.Sizes.Take(12)) Console.WriteLine($"             {bytes / Megabyte,9:N1} {table}");
        if (status.Ledger is not { } ledger) return;
        var day = ledger.WeekEvents / 7.0;
        Console.WriteLine($"events       {ledger.Events:N0}, {day:N0} a day in the last week, about "
            + $"{(ledger.Events == 0 ? 0 : day * status.Bytes / ledger.Events / Megabyte):N1} MiB a day");
        Console.WriteLine($"open         {ledger.Open:N0} tickets"
            + (ledger.OldestOpen is { } oldest ? $", the oldest waits since {oldest.UtcDateTime:u}" : ""));
        Console.WriteLine($"ledger head  {ledger.Head.Seq} {ledger.Head.Hash}");
        if (ledger.Move is { } move) Console.WriteLine($"move         {EnumWords.Of(move.State)}, {move.Other}");
    }

    private static string Json(DatabaseStatus status) => JsonSerializer.Serialize(new
    {
        engine = status.Engine,
        schema = status.Schema,
        missing = status.Missing,
        bytes = status.Bytes,
        tables = status.Sizes.ToDictionary(s => s.Table, s => s.Bytes),
        events = status.Ledger?.Events,
        events_last_week = status.Ledger?.WeekEvents,
        open = status.Ledger?.Open,
        oldest_open = status.Ledger?.OldestOpen,
        head = status.Ledger?.Head.Seq,
        head_hash = status.Ledger?.Head.Hash,
        move = status.Ledger?.Move is { } move ? EnumWords.Of(move.State) : null,
    }, FiguresView.Indented);
}
