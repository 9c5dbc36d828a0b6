using System.Security.Cryptography;
using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Storage.Moving;

/// <summary>How far a move is.</summary>
/// <param name="Table">The table that is at work; null while everything is compared at the end.</param>
internal sealed record MoveProgress(string? Table, long Rows, long AllRows);

/// <summary>What a table came to on both sides.</summary>
internal sealed record MovedTable(string Name, long Rows, string Digest, bool IsSame);

/// <summary>The result of a move.</summary>
/// <param name="Problems">Of the ledger at the target.</param>
internal sealed record MoveReport(IReadOnlyList<MovedTable> Tables, long Events, IReadOnlyList<LedgerProblem> Problems)
{
    public bool IsWhole => Problems.Count == 0 && Tables.All(t => t.IsSame);
}

/// <summary>
/// Moves everything from one database to another, empty one, of whatever kind. While it runs the source can be read and
/// not written, by any process. A move that ended early goes on where it was when it is started again.
/// </summary>
internal sealed class DatabaseMove(Database source, Database target, Action<MoveProgress> report)
{
    /// <summary>What belongs to a database itself.</summary>
    private static readonly string[] Own = ["migrations", "moves", "move_tables", "probe", "copied", "workers"];

    /// <summary>Whether a table belongs to a database itself and no copy takes it along.</summary>
    public static bool IsOwn(string table) => Own.Contains(table);

    /// <exception cref="StorageException">The two cannot be moved to each other; the message says why.</exception>
    public async Task<MoveReport> RunAsync(CancellationToken cancellationToken)
    {
        var mark = await BeginAsync(cancellationToken).ConfigureAwait(false);
        if (target.Read(MoveMark.Read) is not { State: MoveState.Arriving } arriving)
            return await EndAtSourceAsync(mark, cancellationToken).ConfigureAwait(false);
        // Read now that nothing is added there.
        await target.WriteAsync((arriving with { HolesThrough = source.Read(Holes) }).Write, cancellationToken)
            .ConfigureAwait(false);
        var copies = Copies();
        foreach (var copy in copies) copy.Resume();
        var all = source.Read(c => copies.Sum(copy => c.Number($"select count(*) from \"{copy.Table}\"") ?? 0));
        foreach (var copy in copies)
            while (!copy.IsDone)
            {
                await copy.StepAsync(cancellationToken).ConfigureAwait(false);
                report(new MoveProgress(copy.Table, copies.Sum(c => c.Rows), all));
            }
        report(new MoveProgress(null, all, all));
        var result = Compare(copies, cancellationToken);
        if (result.IsWhole) await EndAsync(mark, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Gives a source back that is being moved or was; false when it is not.</summary>
    public static Task<bool> CancelAsync(Database source, CancellationToken cancellationToken) => source.WriteAsync(
        transaction =>
        {
            if (MoveMark.Read(transaction) is not { State: MoveState.Moving or MoveState.Moved } mark) return false;
            transaction.Catalog.Thaw(transaction);
            // A source that had arrived itself stays one whose ledger has holes.
            (mark with { State = MoveState.Arrived, EndedAt = source.Clock.GetUtcNow() }).Write(transaction);
            return true;
        }, cancellationToken);

    /// <summary>Marks both, the target first: a source that is frozen has one that knows it.</summary>
    private async Task<MoveMark> BeginAsync(CancellationToken cancellationToken)
    {
        var (from, to) = (source.Read(MoveMark.Read), target.Read(MoveMark.Read));
        if (from is { State: MoveState.Moving } known)
        {
            if (to?.Token == known.Token) return known;
            throw new StorageException($"{source.Path}: this database is being moved to {known.Other}; go on with that "
                + $"one, or give it up with `baton db move --cancel --db {source.Path}`.", isTransient: false);
        }
        RefuseUsed();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var mark = new MoveMark(
            MoveState.Moving, target.Path, token, source.Clock.GetUtcNow(), null, from?.HolesThrough ?? 0);
        await target.WriteAsync((mark with { State = MoveState.Arriving, Other = source.Path }).Write,
            cancellationToken).ConfigureAwait(false);
        await source.WriteAsync(transaction =>
        {
            transaction.Catalog.Freeze(
                transaction, [.. Tables(transaction).Select(t => t.Name), "migrations", "probe"]);
            mark.Write(transaction);
        }, cancellationToken).ConfigureAwait(false);
        return mark;
    }

    /// <summary>Where numbers are left out as a matter of course, all of them may be.</summary>
    private static long Holes(ReadConnection connection) =>
        connection.Catalog.LastGiven(connection, "events") is null
            ? LedgerHead.Read(connection, default).Seq
            : MoveMark.Read(connection)?.HolesThrough ?? 0;

    private void RefuseUsed()
    {
        var used = target.Read(c => Tables(c).FirstOrDefault(t => c.Number($"select 1 from \"{t.Name}\" limit 1") == 1));
        if (used is not null)
            throw new StorageException($"{target.Path}: table {used.Name} has rows; give a database that is empty.",
                isTransient: false);
    }

    private List<TableCopy> Copies()
    {
        var known = target.Read(Tables).ToDictionary(t => t.Name);
        return [.. source.Read(Tables).Select(from => new TableCopy(source, target, from,
            known.TryGetValue(from.Name, out var to)
                ? to
                : throw new StorageException($"{target.Path}: there is no table {from.Name}.", isTransient: false)))];
    }

    private static List<TableShape> Tables(ReadConnection connection) =>
        [.. connection.Catalog.Tables(connection).Where(t => !Own.Contains(t.Name))];

    private MoveReport Compare(List<TableCopy> copies, CancellationToken cancellationToken)
    {
        var tables = copies.Select(copy =>
        {
            var found = copy.AtTarget(cancellationToken);
            return new MovedTable(copy.Table, copy.Rows, copy.Digest, found == (copy.Rows, copy.Digest));
        }).ToList();
        var ledger = target.Read(LedgerVerifier.Verify);
        return new MoveReport(tables, ledger.Events, ledger.Problems);
    }

    /// <summary>The target first: killed in between, the next run only marks the source.</summary>
    private async Task EndAsync(MoveMark mark, CancellationToken cancellationToken)
    {
        await target.WriteAsync(transaction =>
        {
            var arriving = MoveMark.Read(transaction)!;
            (arriving with { State = MoveState.Arrived, EndedAt = source.Clock.GetUtcNow() }).Write(transaction);
            transaction.Execute("delete from move_tables");
            ArchivedStream.RefuseWhereAny(transaction);
            transaction.NoteAppend();
        }, cancellationToken).ConfigureAwait(false);
        await EndAtSourceAsync(mark, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveReport> EndAtSourceAsync(MoveMark mark, CancellationToken cancellationToken)
    {
        await source.WriteAsync(
            (mark with { State = MoveState.Moved, EndedAt = source.Clock.GetUtcNow() }).Write, cancellationToken)
            .ConfigureAwait(false);
        return new MoveReport([], target.Read(c => c.Number("select count(*) from events")) ?? 0, []);
    }
}
