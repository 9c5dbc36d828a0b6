using System.Text;
using Baton.Channels;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What Baton expects of every channel. Derive, make the channel and a genuine request, and inherit the tests; those of
/// a way that the channel does not have are skipped. Channels that send over HTTP derive from
/// <see cref="SendingChannelConformance"/>.
/// </summary>
public abstract partial class ChannelConformance
{
    private const int FuzzedInputs = 2_000;

    /// <summary>The channel, set up.</summary>
    protected abstract IChannel Channel();

    /// <summary>
    /// A request that the other side would send now, with one new ticket. Null when the channel takes nothing in.
    /// </summary>
    protected virtual InboundRequest? Genuine(IChannel channel) => null;

    /// <summary>The same, properly signed long ago. Null when the scheme knows no time.</summary>
    protected virtual InboundRequest? Old(IChannel channel) => null;

    /// <summary>Headers without which a request is not believed.</summary>
    protected virtual IReadOnlyList<string> Signatures => [];

    /// <summary>
    /// Whether a body that was changed is noticed; some only send a password, and then nothing but an id.
    /// </summary>
    protected virtual bool SignsBodies => true;

    [Fact]
    public void Has_a_name_that_an_address_can_hold()
    {
        var name = Channel().Name;

        Assert.InRange(name.Length, 1, 40);
        Assert.All(name, c => Assert.True(c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-', $"'{c}' in '{name}'"));
    }

    [Fact]
    public void Limits_what_it_reads() => Assert.InRange(Channel().LargestBody, 1, 64 * 1024 * 1024);

    [Fact]
    public void Takes_in_a_genuine_request()
    {
        var (channel, request) = In();

        Assert.IsType<Verification.Verified>(channel.Verify(request));
        switch (Assert.Single(Assert.IsType<ParsedRequest.Arrived>(channel.Parse(request)).All))
        {
            case Arrival.Ticket { Content: var ticket }:
                Assert.NotEmpty(ticket.TicketId);
                Assert.NotEmpty(ticket.Messages);
                break;
            case Arrival.Reply { Content: var ticket }:
                Assert.NotEmpty(ticket.TicketId);
                Assert.Single(ticket.Messages);
                break;
            case Arrival.Changed changed: Assert.NotEmpty(changed.ExternalId); break;
            case Arrival.Claimed claimed: Assert.NotEmpty(claimed.By); break;
            case Arrival.Decided decided: Assert.NotEmpty(decided.By); break;
            case var other: Assert.Fail($"a new ticket came as {other.GetType().Name}"); break;
        }
    }

    [Fact]
    public void Calls_the_same_delivery_by_the_same_name_when_it_comes_again()
    {
        var (channel, request) = In();

        Assert.NotNull(External(channel, request));
        Assert.Equal(External(channel, request), External(channel, request));
    }

    [Fact]
    public void Refuses_a_body_that_was_changed()
    {
        var (channel, request) = In();
        if (!SignsBodies) Assert.Skip("the other side signs nothing");
        for (var at = 0; at < request.Body.Length; at += Math.Max(1, request.Body.Length / 64))
        {
            var body = request.Body.ToArray();
            body[at] ^= 1;
            Refused(channel, request with { Body = body }, $"byte {at} was changed");
        }
        Refused(channel, request with { Body = request.Body[..^1] }, "the last byte is gone");
        Refused(channel, request with { Body = (byte[])[.. request.Body.ToArray(), (byte)' '] }, "a space was added");
        Refused(channel, request with { Body = default }, "the body is gone");
    }

    [Fact]
    public void Refuses_a_request_without_its_signature()
    {
        var (channel, request) = In();
        Assert.NotEmpty(Signatures);
        foreach (var name in Signatures)
        {
            Refused(channel, request with { Headers = Without(request, name) }, $"{name} is missing");
            foreach (var value in (string[])["", " ", "0", "v1,", "\u00ff", new string('9', 400)])
            {
                var headers = Without(request, name);
                headers[name] = value;
                Refused(channel, request with { Headers = headers }, $"{name} is '{value}'");
            }
        }
    }

    [Fact]
    public void Refuses_a_request_that_was_signed_long_ago()
    {
        var channel = Channel();
        if (Old(channel) is { } old) Refused(channel, old, "it is old");
        else Assert.Skip("the scheme of this channel knows no time");
    }

    [Fact]
    public void Refuses_everything_when_it_takes_nothing_in()
    {
        var channel = Channel();
        if (channel.Ways.HasFlag(ChannelWays.In)) Assert.Skip("this channel takes requests");
        Refused(channel, new InboundRequest(default, new Dictionary<string, string>()), "it takes nothing in");
        Assert.IsType<ParsedRequest.Refused>(
            channel.Parse(new InboundRequest("{}"u8.ToArray(), new Dictionary<string, string>())));
    }

    [Fact]
    public async Task Says_that_it_sends_nothing_when_it_does_not()
    {
        var channel = Channel();
        if (channel.Ways.HasFlag(ChannelWays.Out)) Assert.Skip("this channel sends");
        Assert.IsType<DeliveryOutcome.Rejected>(
            await channel.DeliverAsync(SampleOutgoing.Text(), TestContext.Current.CancellationToken));
    }

    /// <summary>The first half is what anybody may send, the second what comes from the other side itself.</summary>
    [Fact]
    public void Reads_anything_without_an_exception()
    {
        var (channel, request) = In();
        var random = new Random(20_261_129);
        for (var i = 0; i < FuzzedInputs; i++)
        {
            var body = BrokenBytes.Of(random, request.Body.ToArray());
            var changed = request with { Body = body };
            var error = Record.Exception(() =>
            {
                if (channel.Verify(changed) is Verification.Refused refused) Assert.NotEmpty(refused.Why);
                if (channel.Parse(changed) is ParsedRequest.Refused unread) Assert.NotEmpty(unread.Problem);
            });
            Assert.True(error is null,
                $"input {i}: {error?.GetType().Name}: {error?.Message}\n{Encoding.UTF8.GetString(body)}");
        }
    }

    private (IChannel Channel, InboundRequest Request) In()
    {
        var channel = Channel();
        if (Genuine(channel) is not { } request)
        {
            Assert.False(channel.Ways.HasFlag(ChannelWays.In), "a channel that takes requests has a genuine one");
            Assert.Skip("this channel takes nothing in");
            throw new System.Diagnostics.UnreachableException();
        }
        return (channel, request);
    }

    private static string? External(IChannel channel, InboundRequest request) =>
        ((ParsedRequest.Arrived)channel.Parse(request)).All[0] switch
        {
            Arrival.Ticket ticket => ticket.Content.ExternalId,
            Arrival.Reply reply => reply.Content.ExternalId,
            Arrival.Changed changed => changed.ExternalId,
            Arrival.Claimed claimed => claimed.TicketId,
            Arrival.Decided decided => decided.ApprovalId,
            _ => null,
        };

    private static void Refused(IChannel channel, InboundRequest request, string what)
    {
        var refused = channel.Verify(request) as Verification.Refused;
        Assert.True(refused is not null, $"verified although {what}");
        Assert.NotEmpty(refused.Why);
    }

    private static Dictionary<string, string> Without(InboundRequest request, string name) =>
        request.Headers.Where(h => !h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToDictionary();
}
