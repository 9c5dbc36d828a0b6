using System.Security.Cryptography;
using System.Text;
using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Inbound;

namespace Baton.Tests.Channels;

/// <summary>The office's ticker: signed slips come in, answers go out as lines.</summary>
public sealed class TickerChannel(ITickerLine line) : IChannel
{
    private static readonly byte[] Key = "twenty-four bytes or more"u8.ToArray();

    public string Name => "ticker";

    public ChannelWays Ways => ChannelWays.In | ChannelWays.Out;

    public bool IsLive => true;

    public Verification Verify(InboundRequest request)
    {
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Key, request.Body.Span));
        var given = request.Header("X-Ticker-Signature") ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(given))
            ? new Verification.Verified()
            : new Verification.Refused("X-Ticker-Signature does not fit the body");
    }

    public ParsedRequest Parse(InboundRequest request) =>
        Encoding.UTF8.GetString(request.Body.Span).Split('|') is [var id, var text] && text.Length > 0
            ? new ParsedRequest.Arrived([new Arrival.Ticket(new InboundTicket
            {
                TicketId = "ticker-" + id, ExternalId = id, Messages = [new InboundText(Author.Customer, text)],
            })])
            : new ParsedRequest.Refused("body", "is no slip: write id|text");

    public async Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken) =>
        message is OutgoingText text && await line.PrintAsync(text.IdempotencyKey, text.Text, cancellationToken)
            ? new DeliveryOutcome.Delivered()
            : new DeliveryOutcome.Retry("the ticker is out of paper", TimeSpan.FromMinutes(5));
}
