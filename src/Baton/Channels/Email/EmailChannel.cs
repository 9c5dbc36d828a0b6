using System.Diagnostics;
using System.Runtime.CompilerServices;
using Baton.Channels.Webhook;
using Baton.Conversations.Inbound;
using Baton.Storage.Outgoing;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Search;
using MimeKit;

namespace Baton.Channels.Email;

/// <summary>
/// Mail. In by a mailbox (<see cref="MailboxService"/>) or by <c>POST /channels/email</c> with the mail as it is,
/// signed by Standard Webhooks; out by SMTP. Formats: RFC 5322, 2045–2049, 3461–3464 (reports), 3834 (automatic),
/// 8601 (Authentication-Results).
/// </summary>
internal sealed class EmailChannel(
    ChannelOptions channels, TimeProvider clock, IntakeOptions? intake = null, NoticeRecipients? recipients = null)
    : IChannel
{
    private const string Group = "BATON__Channels__Email__";

    private readonly EmailOptions _options = channels.Email;
    private readonly MailTags _tags = new(channels.Email);
    private readonly MailConnection _connection = new(channels.Email);
    private readonly WebhookSignature _signature =
        new(channels.Email.SecretList, channels.Email.Window, clock);

    public string Name => "email";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out | ChannelWays.Notices;

    public bool CarriesMarkdown => true;

    public bool CarriesFiles => true;

    public int LargestBody => _options.LargestMail;

    public string? Missing(ChannelWays way) =>
        _options.Address.Length == 0 ? $"{Group}Address is not set: give it the address that customers write to"
        : _options.KeyList.Count == 0 ? $"{Group}Keys is not set: give it a random text, as from `openssl rand -hex 32`"
        : way == ChannelWays.In && _options.ImapHost.Length == 0 && _options.SecretList.Count == 0
            ? $"neither {Group}ImapHost nor {Group}Secrets is set: give one, to fetch mail or to have it handed in"
        : way != ChannelWays.In && _options.SmtpHost.Length == 0
            ? $"{Group}SmtpHost is not set: give it the server that takes mail"
        : way == ChannelWays.Notices && _options.NoticeList.Count == 0
            ? $"{Group}NoticesTo is not set: give it the address of who runs this"
        : null;

    public Verification Verify(InboundRequest request) => _signature.Problem(request) is { } problem
        ? new Verification.Refused(problem)
        : new Verification.Verified();

    public ParsedRequest Parse(InboundRequest request) => Read(request.Body);

    /// <param name="size">Of the whole mail, where <paramref name="raw"/> is only its head.</param>
    public ParsedRequest Read(ReadOnlyMemory<byte> raw, long? size = null) =>
        new InboundMail(_options, _tags, (intake ?? new()).Attachments.LargestBytes).Read(raw, size);

    public string? Unreachable(OutgoingText text) =>
        text.CustomerEmail is null ? "nobody knows an e-mail address of the customer" : null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        var writer = new MailWriter(_options, _tags);
        using var mail = message switch
        {
            OutgoingText text => writer.Write(text),
            OutgoingNotice notice => writer.Write(notice, notice.Mail.Count > 0 ? notice.Mail : Addresses(notice.To)),
            _ => throw new UnreachableException(message.GetType().Name),
        };
        if (mail is null) return new DeliveryOutcome.Rejected("the ticket has no e-mail address to answer to");
        if (mail.To.Mailboxes.Any(m => _options.OwnList.Contains(m.Address, StringComparer.OrdinalIgnoreCase))
            && message is OutgoingText)
            return new DeliveryOutcome.Rejected("the customer's address is our own: it would answer itself");
        return await SendAsync(mail, cancellationToken);
    }

    /// <summary>A letter to one person of the team.</summary>
    /// <param name="key">Names the letter over all attempts.</param>
    public async Task<DeliveryOutcome> SendAsync(
        PrivateLetter letter, string key, CancellationToken cancellationToken)
    {
        using var mail = new MailWriter(_options, _tags).Write(letter, key, clock.GetUtcNow());
        return await SendAsync(mail, cancellationToken);
    }

    /// <summary>A mail to ourselves, until it lies in the mailbox; then it is deleted.</summary>
    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var mail = new MailWriter(_options, _tags).Write(new OutgoingNotice
        {
            IdempotencyKey = $"test/{Guid.CreateVersion7(clock.GetUtcNow()):N}", To = "test", Group = "test",
            Urgency = NoticeUrgency.Low, Title = "Baton tries its mail", At = clock.GetUtcNow(),
            Text = "This mail was sent by `baton channels test email` and is deleted by it.",
        }, [_options.Address]);
        var sent = await SendAsync(mail, cancellationToken) switch
        {
            DeliveryOutcome.Retry retry => retry.Why,
            DeliveryOutcome.Rejected rejected => rejected.Why,
            _ => null,
        };
        yield return new TestStep(
            $"send a mail to {_options.Address} by {_options.SmtpHost}:{_options.SmtpPort}", sent);
        if (sent is not null || _options.ImapHost.Length == 0) yield break;
        yield return new TestStep(
            $"find it in {_options.ImapFolder} at {_options.ImapHost}:{_options.ImapPort}",
            await FoundAsync(mail.MessageId ?? "", cancellationToken));
    }

    private async Task<string?> FoundAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await _connection.ImapAsync(cancellationToken);
            var folder = await client.GetFolderAsync(_options.ImapFolder, cancellationToken);
            for (var tries = 0; tries < 40; tries++)
            {
                await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
                var found = await folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", id), cancellationToken);
                if (found.Count > 0)
                {
                    await folder.AddFlagsAsync(
                        found, MessageFlags.Seen | MessageFlags.Deleted, true, cancellationToken);
                    await folder.CloseAsync(expunge: true, cancellationToken);
                    return null;
                }
                await folder.CloseAsync(expunge: false, cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
            return "it did not come within 40 s: look whether the server delivers the address to this mailbox";
        }
        catch (Exception error) when (MailConnection.Problem(error) is not null || error is CommandException
            or FolderNotFoundException)
        {
            return MailConnection.Problem(error) ?? error.Message;
        }
    }

    /// <summary>
    /// What the people of the team are reached at; who has no address is reached where operators are.
    /// </summary>
    private IReadOnlyList<string> Addresses(string to) =>
        recipients?.Invoke(to) is { Count: > 0 } known ? known : _options.NoticeList;

    private async Task<DeliveryOutcome> SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = await _connection.SmtpAsync(either.Token);
            await client.SendAsync(mail, either.Token);
            await LeaveAsync(client, either.Token);
            return new DeliveryOutcome.Delivered(mail.MessageId?.Split('@')[0]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry($"no answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
        // 4xx passes, 5xx does not (RFC 5321, 4.2.1).
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
        {
            return new DeliveryOutcome.Rejected($"the server refused it: {Said(refused)}");
        }
        catch (SmtpCommandException later)
        {
            return new DeliveryOutcome.Retry($"the server put it off: {Said(later)}");
        }
        catch (Exception error) when (MailConnection.Problem(error) is { } problem
            && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry(problem);
        }
    }

    /// <summary>The mail is taken already: a server that does not say goodbye changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception error) when (MailConnection.Problem(error) is not null || error is OperationCanceledException)
        {
            // Done.
        }
    }

    /// <summary>Without the address that it is about: reasons hold no personal data.</summary>
    private static string Said(SmtpCommandException error)
    {
        var words = error.Message.ReplaceLineEndings(" ").Split(' ')
            .Where(w => !w.Contains('@', StringComparison.Ordinal));
        var said = $"{(int)error.StatusCode} {string.Join(' ', words).Trim()}";
        return said.Length <= 300 ? said : said[..300] + "…";
    }
}
