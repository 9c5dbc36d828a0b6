using Baton.Privacy;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Conversations.RawTexts;

/// <summary>
/// Encrypts texts that are older than encryption, a few at a time while the host runs; it may be interrupted at any
/// moment. At the start, and beside it, erases again what a restored copy of the database has brought back.
/// </summary>
internal sealed partial class SealSweep(
    Database database, Erasure erasure, Redactor redactor, TimeProvider clock, ILogger<SealSweep> logger)
    : BackgroundService
{
    /// <summary>Messages in one transaction: it keeps others waiting for a few milliseconds.</summary>
    private const int Batch = 50;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250), Quiet = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await erasure.AgainAsync(stoppingToken) is > 0 and var again) LogAgain(again);
            while (true)
                await Task.Delay(await RoundAsync(stoppingToken) ? Every : Quiet, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (StorageException error)
        {
            LogStopped(error);
        }
    }

    /// <summary>One batch; false when everything is encrypted.</summary>
    public async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        var rows = database.Read(Plain);
        if (rows.Count == 0) return false;
        var redacted = rows.ConvertAll(row => (row.Id, Text: Redacted(row)));
        await database.WriteAsync(
            transaction =>
            {
                transaction.Lock([.. rows.Select(row => row.ConversationId).Distinct()]);
                foreach (var (id, text) in redacted) Close(transaction, id, text);
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SweepAsync(cancellationToken);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            return true;
        }
    }

    private string Redacted(PlainRow row)
    {
        var placeholders = database.Read(c => MessageRows.Placeholders(c, row.ConversationId));
        placeholders.Close();
        return redactor.Redact(row.Body, placeholders).Text;
    }

    private static List<PlainRow> Plain(ReadConnection connection) => connection.Query(
        """
        select id, conversation_id, body from messages where key_id is null and erased_at is null order by id limit $1
        """,
        row => new PlainRow(row.Text(0), row.Text(1), row.Text(2)), (long)Batch);

    /// <summary>As it is now: what was erased or encrypted meanwhile is not there any more.</summary>
    private static void Close(WriteTransaction transaction, string id, string redacted)
    {
        var found = transaction.First(
            """
            select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest, m.placeholders, m.conversation_id,
                c.customer_id
            from messages m left join conversations c on c.conversation_id = m.conversation_id
            where m.id = $1 and m.key_id is null and m.erased_at is null
            """,
            row => (
                Words: MessageSeal.Open(transaction, row, 0), Values: row.TextOrNull(7), Conversation: row.Text(8),
                Customer: row.TextOrNull(9)),
            id);
        if (found.Conversation is null) return;
        var key = MessageKeys.For(transaction, found.Conversation, found.Customer);
        transaction.Execute(
            """
            update messages set body = '', subject = null, sender = null, digest = null, placeholders = null,
                key_id = $2, sealed = $3, sealed_values = $4, redacted = $5
            where id = $1
            """,
            id, key, MessageSeal.Close(transaction, key, id, found.Words),
            MessageSeal.CloseValues(transaction, key, id, found.Values), redacted);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "This database is an older copy: {Messages} messages that had been erased were erased again")]
    private partial void LogAgain(int messages);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Texts of before are not encrypted any further until the next start")]
    private partial void LogStopped(Exception error);

    private readonly record struct PlainRow(string Id, string ConversationId, string Body);
}
