using System.Security.Cryptography;
using System.Text;
using Baton.Conversations.Inbound;
using Baton.Storage;
using MailKit;
using MailKit.Search;
using Microsoft.Extensions.Logging;

namespace Baton.Channels.Email;

/// <summary>
/// Takes in what is new in a mailbox, one mail after the other. A mail is marked as read, and the place in the mailbox
/// moved on, only after it is on our disk: what was taken in before a crash is recognised by its Message-ID.
/// </summary>
internal sealed partial class MailboxReader(
    ChannelOptions channels, EmailChannel channel, ChannelIntake intake, Database database, TimeProvider clock,
    ILogger<MailboxReader> logger)
{
    private readonly EmailOptions _options = channels.Email;

    /// <summary>A digest: an address of ours is an address.</summary>
    private string Place => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{_options.ImapHost}\n{_options.ImapUser}\n{_options.ImapFolder}")))[..32];

    public async Task TakeInAsync(IMailFolder folder, CancellationToken cancellationToken)
    {
        var next = folder.UidNext ?? UniqueId.MinValue;
        var last = Last(folder.UidValidity);
        var query = last is { } uid
            ? SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)uid + 1), UniqueId.MaxValue))
            // A mailbox that is new to us, or was made anew: what nobody has read. Old mail is nobody's question.
            : SearchQuery.NotSeen;
        var found = await folder.SearchAsync(query, cancellationToken);
        // A range that ends in "*" gives the last mail even if it lies before the range.
        foreach (var mail in found.Where(f => f.Id > (last ?? 0)).OrderBy(f => f.Id))
        {
            await TakeAsync(folder, mail, cancellationToken);
            if (last is not null) await MoveOnAsync(folder.UidValidity, mail.Id, cancellationToken);
        }
        if (last is null)
            await MoveOnAsync(folder.UidValidity, Math.Max(found.Select(f => f.Id).Append(0u).Max(), next.Id - 1),
                cancellationToken);
    }

    private async Task TakeAsync(IMailFolder folder, UniqueId mail, CancellationToken cancellationToken)
    {
        try
        {
            var summary = (await folder.FetchAsync(
                [mail], MessageSummaryItems.Size | MessageSummaryItems.Flags, cancellationToken)).FirstOrDefault();
            if (summary is null || (summary.Flags & (MessageFlags.Deleted | MessageFlags.Draft)) != 0) return;
            var read = summary.Size > _options.LargestMail
                ? channel.Read(await HeadAsync(folder, mail, cancellationToken), summary.Size)
                : channel.Read(await AllAsync(folder, mail, cancellationToken));
            var isTaken = read is ParsedRequest.Arrived arrived && await TakenAsync(arrived, cancellationToken);
            if (!isTaken) LogNotTaken(
                mail.Id, read is ParsedRequest.Refused bad ? $"{bad.Field} {bad.Problem}" : "see above");
            // Flagged mail is what people have to look at: it is not in Baton.
            await folder.AddFlagsAsync(
                mail, isTaken ? MessageFlags.Seen : MessageFlags.Seen | MessageFlags.Flagged, true, cancellationToken);
        }
        catch (MessageNotFoundException)
        {
            // Somebody deleted it meanwhile.
        }
    }

    private async Task<bool> TakenAsync(ParsedRequest.Arrived arrived, CancellationToken cancellationToken)
    {
        foreach (var arrival in arrived.All)
        {
            IntakeOutcome outcome;
            while ((outcome = await intake.AcceptAsync(channel, arrival, cancellationToken)) is IntakeOutcome.Busy busy)
                await Task.Delay(busy.RetryAfter, clock, cancellationToken);
            if (outcome is IntakeOutcome.Accepted or IntakeOutcome.Duplicate) continue;
            LogRefused(outcome.GetType().Name, (outcome as IntakeOutcome.Rejected)?.Problem ?? "");
            return false;
        }
        return true;
    }

    private static async Task<byte[]> AllAsync(IMailFolder folder, UniqueId mail, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using var stream = await folder.GetStreamAsync(mail, cancellationToken: cancellationToken);
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static async Task<byte[]> HeadAsync(IMailFolder folder, UniqueId mail, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var headers = await folder.GetHeadersAsync(mail, cancellationToken);
        await headers.WriteToAsync(bytes, cancellationToken);
        bytes.Write("\r\n"u8);
        return bytes.ToArray();
    }

    /// <summary>The last mail that was taken in; null where this mailbox is new, or its numbers are.</summary>
    private long? Last(uint validity) => database.Read(connection => connection.First<long?>(
        "select last_uid from mail_folders where place = $1 and uid_validity = $2", row => row.Int64(0), Place,
        (long)validity));

    private Task MoveOnAsync(uint validity, uint last, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.Execute(
            """
            insert into mail_folders (place, uid_validity, last_uid) values ($1, $2, $3)
            on conflict (place) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid
            """,
            Place, (long)validity, (long)last), cancellationToken);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Mail {Uid} was not taken in and is flagged in the mailbox: {Problem}")]
    private partial void LogNotTaken(uint uid, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a mail held was refused: {Outcome} {Problem}")]
    private partial void LogRefused(string outcome, string problem);
}
