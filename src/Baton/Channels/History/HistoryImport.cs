using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Conversations;

namespace Baton.Channels.History;

/// <summary>What became of the records so far.</summary>
internal sealed record HistoryProgress(long Records, long Tickets, long Messages, long Answered, long Unreadable)
{
    /// <summary>Bytes of the history that are sure.</summary>
    public long Bytes { get; init; }

    /// <summary>Tickets with a route of the old rules, and with one of people.</summary>
    public long WithRuleRoute { get; init; }

    public long WithFinalRoute { get; init; }
}

/// <summary>
/// Writes a history from exports. It can be stopped and goes on where it was: what is written and how far it read is
/// noted together, and the file is cut back to that.
/// </summary>
/// <param name="clear">Takes personal data out of the texts of one ticket; null keeps them.</param>
internal sealed class HistoryImport(HistoryMapping mapping, Func<Func<string, string>>? clear)
{
    private const int Batch = 500;

    /// <summary>Words of teams or rules that are no route, with how often: the mapping may say what they are.</summary>
    public SortedDictionary<string, long> Unmapped { get; } = new(StringComparer.Ordinal);

    /// <exception cref="HistoryException">It cannot go on; the message says what to do.</exception>
    public HistoryProgress Run(
        HistorySource source, IReadOnlyList<string> files, string target, Action<HistoryProgress> tell,
        CancellationToken cancellationToken)
    {
        var notes = target + ".progress";
        var done = Resume(notes, Signature(source, files)) ?? new HistoryProgress(0, 0, 0, 0, 0);
        using var history = new FileStream(target, FileMode.OpenOrCreate, FileAccess.Write);
        history.SetLength(Math.Min(done.Bytes, history.Length));
        history.Seek(0, SeekOrigin.End);
        using var unreadable = new StreamWriter(target + ".unreadable", append: done.Records > 0);
        var records = files.SelectMany(
            file => HistoryReader.Read(source, file, mapping).Select(r => (File: file, Record: r)));
        foreach (var batch in records.Skip((int)done.Records).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            done = Write(batch, done, history, unreadable);
            history.Flush(flushToDisk: true);
            unreadable.Flush();
            Note(notes, Signature(source, files), done);
            tell(done);
        }
        File.Delete(notes);
        return done;
    }

    private HistoryProgress Write(
        (string File, PastRecord Record)[] batch, HistoryProgress done, FileStream history, StreamWriter unreadable)
    {
        var read = batch.AsParallel().AsOrdered().Select(r => (r.File, r.Record, Line: Finished(r.Record))).ToList();
        foreach (var (file, record, (ticket, problem)) in read)
        {
            done = done with { Records = done.Records + 1 };
            if (ticket is null)
            {
                unreadable.WriteLine($"{Path.GetFileName(file)}:{record.Place}: {problem}");
                done = done with { Unreadable = done.Unreadable + 1 };
                continue;
            }
            Count(record.Ticket!, ticket);
            history.Write(Encoding.UTF8.GetBytes(ticket.ToJson() + "\n"));
            done = done with
            {
                Tickets = done.Tickets + 1, Messages = done.Messages + ticket.Messages.Count,
                Answered = done.Answered + (ticket.Messages.Any(m => m.From == Author.Agent) ? 1 : 0),
                WithRuleRoute = done.WithRuleRoute + (ticket.RuleRoute is null ? 0 : 1),
                WithFinalRoute = done.WithFinalRoute + (ticket.FinalRoute is null ? 0 : 1), Bytes = history.Position,
            };
        }
        return done;
    }

    private void Count(PastTicket given, PastTicket written)
    {
        if (given.RuleRoute is { } rule && written.RuleRoute is null)
            Unmapped[rule] = Unmapped.GetValueOrDefault(rule) + 1;
        if ((given.FinalRoute ?? given.Team) is { } final && written.FinalRoute is null)
            Unmapped[final] = Unmapped.GetValueOrDefault(final) + 1;
    }

    /// <summary>The ticket as it is written, or why it is not.</summary>
    private (PastTicket? Ticket, string? Problem) Finished(PastRecord record)
    {
        if (record.Ticket is not { } ticket) return (null, record.Problem);
        if (!ticket.Messages.Any(m => m.From == Author.Customer) && string.IsNullOrWhiteSpace(ticket.Subject))
            return (null, "has no text of a customer");
        var without = clear?.Invoke() ?? (text => text);
        return (ticket with
        {
            Customer = ticket.Customer is { } customer
                ? "c_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(customer)))[..16] : null,
            Subject = ticket.Subject is { } subject ? without(subject) : null,
            Messages = [.. ticket.Messages.Select(m => m with { Text = without(m.Text) })],
            Tags = [.. ticket.Tags.Select(without)],
            RuleRoute = mapping.RouteOf(ticket.RuleRoute),
            FinalRoute = mapping.RouteOf(ticket.FinalRoute ?? ticket.Team),
        }, null);
    }

    /// <summary>Tells files that were changed in between from those that an import began with.</summary>
    private static string Signature(HistorySource source, IReadOnlyList<string> files) => string.Join('\n',
        files.Select(f => $"{source} {Path.GetFullPath(f)} {new FileInfo(f).Length}"));

    private static HistoryProgress? Resume(string notes, string signature)
    {
        if (!File.Exists(notes)) return null;
        var lines = File.ReadAllText(notes).Split('\n', 2);
        if (lines is not [var json, var what] || what != signature)
            throw new HistoryException(
                $"{notes} is of another import: delete it to begin anew, or give the same files");
        return JsonSerializer.Deserialize<HistoryProgress>(json);
    }

    /// <summary>Whole or not at all, whenever it is interrupted.</summary>
    private static void Note(string notes, string signature, HistoryProgress done)
    {
        File.WriteAllText(notes + ".new", JsonSerializer.Serialize(done) + "\n" + signature);
        File.Move(notes + ".new", notes, overwrite: true);
    }
}
