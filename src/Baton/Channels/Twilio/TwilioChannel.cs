using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Channels.Files;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Operations.Links;
using Baton.Operations.Vendors;

namespace Baton.Channels.Twilio;

/// <summary>
/// SMS or WhatsApp by Twilio's Programmable Messaging (API 2010-04-01): forms in, calls out, and reports on what was
/// sent. A customer's messages are one ticket until it has rested for a while.
/// </summary>
internal sealed class TwilioChannel(
    string name, ChannelOptions channels, TimeProvider clock, PublicAddress? address = null,
    IntakeOptions? intake = null)
    : IChannel, IDisposable
{
    private const string Group = "BATON__Channels__Twilio__", Prefix = "whatsapp:", Message = "message";
    private const int MostPieces = 5, MostMedia = 10, LongestVariable = 1_000, Looked = 100;

    private static readonly InboundAnswer Nothing = new("text/xml", "<Response/>");
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly TwilioOptions _options = channels.Twilio;
    private readonly VendorCalls _calls = new(Access(channels.Twilio), clock);

    private bool IsWhatsApp => Name == "whatsapp";

    private string From => IsWhatsApp ? _options.WhatsAppFrom : _options.SmsFrom;

    private string Messages => $"/2010-04-01/Accounts/{_options.AccountSid}/Messages.json";

    public string Name { get; } = name;

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out;

    public string? Missing(ChannelWays way) =>
        _options.AccountSid.Length == 0 || _options.TokenList.Count == 0
            ? $"{Group}AccountSid and {Group}AuthTokens are not both set: the console of Twilio shows them"
        : way == ChannelWays.Out && From.Length == 0
            ? $"{Group}{(IsWhatsApp ? "WhatsAppFrom" : "SmsFrom")} is not set: give it the number that answers come from"
        : null;

    public Verification Verify(InboundRequest request) =>
        request.Header(TwilioRequest.Signature) is not { Length: > 0 } signature
            ? new Verification.Refused($"header {TwilioRequest.Signature} is missing")
        : new TwilioRequest(request, address?.Url).IsSigned(signature, _options.TokenList)
            ? new Verification.Verified()
        : new Verification.Refused(
            $"{TwilioRequest.Signature} fits neither address nor parameters: is BATON__PublicUrl what Twilio calls, and the "
            + "token that of the account?");

    public ParsedRequest Parse(InboundRequest request)
    {
        var form = new TwilioRequest(request, address?.Url);
        if (form.Of("MessageStatus") is { } status && form.Query.GetValueOrDefault(Message) is { Length: > 0 } sent)
            return new ParsedRequest.Arrived(status is "failed" or "undelivered"
                ? [new Arrival.Failure(sent, Why(form.Of("ErrorCode")))] : []);
        if (form.Of("MessageSid") is not { } id || id.Length > 64)
            return new ParsedRequest.Refused("MessageSid", "is missing: this is no message of Twilio");
        if (form.Of("From") is not { Length: <= 64 } from)
            return new ParsedRequest.Refused("From", "is missing: nobody could be answered");
        // The words that end and begin a subscription are Twilio's own business.
        if (form.Of("OptOutType") is not null) return new ParsedRequest.Arrived([]) { Answer = Nothing };
        return new ParsedRequest.Arrived([Reply(form, id, from)]) { Answer = Nothing };
    }

    /// <summary>Gets the pictures and files of a message; what is not to be had is a line in the ticket.</summary>
    public async Task<Arrival> CompleteAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        if (arrival is not Arrival.Reply { Content: var content } reply || content.Messages[0].Attachments.Count == 0)
            return arrival;
        // Credentials go to Twilio itself and to nobody that it names.
        var fetched = new FetchedFiles(
            (intake ?? new()).Attachments, _options.AllowPrivate, _options.Timeout,
            at => at.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase) && at.Scheme == Uri.UriSchemeHttps
                || at.Authority == _options.Address.Authority,
            request => request.Headers.Authorization = Basic(_options), clock);
        var files = await fetched.OfAsync(content.Messages[0].Attachments, cancellationToken);
        return reply with
        {
            Content = content with { Messages = [content.Messages[0] with { Attachments = files }] },
        };
    }

    public string? Unreachable(OutgoingText text) =>
        text.CustomerPhone is not { Length: > 0 } ? "nobody knows a telephone number of the customer"
        : IsWhatsApp && _options.WhatsAppTemplate.Length == 0
            ? $"WhatsApp takes free text only within 24 hours of what the customer wrote there, and {Group}WhatsAppTemplate is not set"
        : null;

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        if (message is not OutgoingText text) return new DeliveryOutcome.Rejected($"channel {Name} carries no notices");
        if (text.CustomerPhone is not { Length: > 0 } to)
            return new DeliveryOutcome.Rejected("the ticket has no number to answer to");
        var isLate = IsWhatsApp && (text.CustomerWroteAt is not { } wrote || clock.GetUtcNow() - wrote > Window);
        if (isLate && _options.WhatsAppTemplate.Length == 0)
            return new DeliveryOutcome.Rejected(
                "WhatsApp takes free text only within 24 hours of the customer's last message: set "
                + $"{Group}WhatsAppTemplate to a template with one variable");
        var plain = SmsText.Plain(text.Text);
        var pieces = isLate ? [SmsText.Line(text.Text, LongestVariable)]
            : SmsText.Pieces(IsWhatsApp ? text.Text : plain);
        if (pieces.Count > MostPieces)
            return new DeliveryOutcome.Rejected(
                $"the text has {text.Text.Length:N0} characters, {MostPieces * SmsText.Longest:N0} are sent: set a length in "
                + "channels.yaml");
        var known = text.IsRepeated ? await SentAsync(to, text.At, cancellationToken) : [];
        string? id = null;
        foreach (var (number, piece) in pieces.Index())
        {
            // What an earlier attempt has sent is not sent again: there is no other name for it.
            if (known.Remove(piece)) continue;
            var answer = await _calls.SendAsync(() => Request(text, to, piece, number, isLate), cancellationToken);
            if (answer is VendorAnswer.Failed { Failure: var failure })
                return failure.MayPass
                    ? new DeliveryOutcome.Retry(failure.Why, failure.After) : new DeliveryOutcome.Rejected(failure.Why);
            id ??= ((VendorAnswer.Done)answer).Reply.Body.Text("sid");
        }
        return new DeliveryOutcome.Delivered(id);
    }

    /// <summary>Whether the account is there, its token right, and the number its own.</summary>
    public async IAsyncEnumerable<TestStep> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var account = await _calls.GetAsync(
            $"/2010-04-01/Accounts/{_options.AccountSid}.json", cancellationToken);
        var problem = (account as VendorAnswer.Failed)?.Failure.Why
            ?? (((VendorAnswer.Done)account).Reply.Body.Text("status") is { } status and not "active"
                ? $"it is {status}: the console of Twilio says why" : null);
        yield return new TestStep("read the account", problem);
        if (problem is not null) yield break;
        yield return new TestStep($"know where {Name} is called back", address?.Url is null
            ? "BATON__PublicUrl is not set: without it no report comes back, and signatures may not fit" : null);
    }

    public void Dispose() => _calls.Dispose();

    private Arrival.Reply Reply(TwilioRequest form, string id, string from)
    {
        var number = from.StartsWith(Prefix, StringComparison.Ordinal) ? from[Prefix.Length..] : from;
        var text = form.Of("Body") ?? form.Of("ButtonText") ?? (form.Of("Latitude") is { } north
            ? $"[A place: {north}, {form.Of("Longitude")} {form.Of("Label")} {form.Of("Address")}]".Replace(
                " ]", "]", StringComparison.Ordinal)
            : null);
        var media = Media(form).ToList();
        return new Arrival.Reply(new InboundTicket
        {
            TicketId = $"{Name}-{string.Concat(id.Where(char.IsAsciiLetterOrDigit))}", ExternalId = id,
            CustomerId = "tel_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)))[..16],
            CustomerPhone = number, CustomerName = form.Of("ProfileName") is { Length: <= 200 } profile ? profile
            : null,
            Messages =
            [
                new InboundText(Author.Customer,
                    text ?? (media.Count > 0 ? InboundText.FilesOnly : "[An empty message]"))
                {
                    Headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain" }, Attachments = media,
                    Name = id,
                },
            ],
        }, [], form.Of("OriginalRepliedMessageSid") is { } answered ? [answered] : []) { Within = _options.SameTicket };
    }

    private static IEnumerable<InboundAttachment> Media(TwilioRequest form)
    {
        if (!int.TryParse(form.Of("NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            yield break;
        for (var i = 0; i < Math.Min(count, MostMedia); i++)
        {
            var type = form.Of($"MediaContentType{i}") ?? "";
            var file = new InboundAttachment($"file{i + 1}.{type.Split('/', ';')[^1]}", default);
            yield return Uri.TryCreate(form.Of($"MediaUrl{i}"), UriKind.Absolute, out var url)
                ? file with { Source = url, NotRead = "it was not fetched" }
                : file with { NotRead = "its address is missing" };
        }
    }

    private HttpRequestMessage Request(OutgoingText text, string to, string piece, int number, bool isLate)
    {
        var form = new Dictionary<string, string>
        {
            ["To"] = IsWhatsApp ? Prefix + to : to,
            [From.StartsWith('+') ? "From" : "MessagingServiceSid"] =
                IsWhatsApp && From.StartsWith('+') ? Prefix + From : From,
        };
        if (isLate)
        {
            form["ContentSid"] = _options.WhatsAppTemplate;
            form["ContentVariables"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = piece });
        }
        else
        {
            form["Body"] = piece;
        }
        if (address?.Url is { } outside)
            form["StatusCallback"] = new Uri(outside,
                $"/channels/{Name}?{Message}={Uri.EscapeDataString(text.IdempotencyKey)}&part={number + 1}").ToString();
        return new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Address, Messages))
        {
            Content = new FormUrlEncodedContent(form),
        };
    }

    /// <summary>What was sent to a number since a moment; empty when nobody can say.</summary>
    private async Task<List<string>> SentAsync(string to, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var number = Uri.EscapeDataString(IsWhatsApp ? Prefix + to : to);
        return await _calls.GetAsync($"{Messages}?To={number}&PageSize={Looked}", cancellationToken)
            is VendorAnswer.Done { Reply.Body: var page }
            ? [.. page.Items("messages")
                .Where(m => m.Text("direction")?.StartsWith("outbound", StringComparison.Ordinal) == true
                && m.Time("date_created") >= since.AddMinutes(-1)).Select(m => m.Text("body")).OfType<string>()]
            : [];
    }

    /// <summary>Codes of the status callback that say what to do; the others say their number.</summary>
    private static string Why(string? code) => code switch
    {
        "30003" => "30003: the telephone is off or out of reach",
        "30005" or "63003" or "63024" => $"{code}: there is no such number",
        "30006" => "30006: it is a landline, or its network takes no messages",
        "30007" => "30007: the network took it for spam",
        "21610" => "21610: the customer has sent STOP",
        "63016" => "63016: more than 24 hours after the customer's last message; a template is needed",
        "63032" or "63049" => $"{code}: WhatsApp does not deliver it to this user now",
        null => "Twilio could not deliver it",
        _ => $"Twilio's error {(code.Length <= 10 ? code : code[..10])}",
    };

    private static VendorAccess Access(TwilioOptions options) => new()
    {
        Setting = Group, Url = options.Url, AllowPrivate = options.AllowPrivate, Timeout = options.Timeout,
        Sign = request => request.Headers.Authorization = Basic(options),
        Judge = reply => reply.Status is >= 400 and < 500 and not 408 and not 425 and not 429
            && reply.Body.Text("message") is { } word
            ? new VendorFailure(reply.Said($"{reply.Body.Number("code"):0} {word}"), false) : null,
    };

    internal static AuthenticationHeaderValue Basic(TwilioOptions options) => new("Basic", Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{options.AccountSid}:{(options.TokenList is [var token, ..] ? token : "")}")));
}
