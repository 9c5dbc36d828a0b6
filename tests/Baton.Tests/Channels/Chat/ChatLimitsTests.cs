using System.Net;
using Baton.Channels;
using Baton.Channels.Chat;
using Baton.Testing;

namespace Baton.Tests.Channels.Chat;

/// <summary>Nobody can take more than a share.</summary>
public sealed class ChatLimitsTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.7"), There = IPAddress.Parse("192.0.2.8");

    private readonly ManualClock _clock = new();

    private ChatLimits Limits() => new(new ChannelOptions
    {
        Chat = new ChatOptions
        {
            PerMinute = 2, PerMinuteAndAddress = 5, Streams = 3, StreamsPerConversation = 1, StreamsPerAddress = 2,
        },
    }, _clock);

    [Fact]
    public void A_conversation_waits_for_the_rest_of_its_minute()
    {
        var limits = Limits();
        Assert.Null(limits.Take(Here, "C-1"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limits.Take(Here, "C-1"));

        Assert.Equal(TimeSpan.FromSeconds(40), limits.Take(There, "C-1"));
        Assert.Null(limits.Take(There, "C-2"));
        _clock.Advance(TimeSpan.FromSeconds(41));
        Assert.Null(limits.Take(Here, "C-1"));
    }

    [Fact]
    public void An_address_cannot_begin_conversations_without_end()
    {
        var limits = Limits();
        for (var i = 0; i < 5; i++) Assert.Null(limits.Take(Here, $"C-{i}"));

        Assert.NotNull(limits.Take(Here, null));
        Assert.Null(limits.Take(There, null));
    }

    [Fact]
    public void Streams_are_places_that_are_given_back_once()
    {
        var limits = Limits();
        var first = limits.Enter(Here, "C-1");
        Assert.Null(limits.Enter(There, "C-1"));
        using var second = limits.Enter(Here, "C-2");
        Assert.Null(limits.Enter(Here, "C-3"));
        using var third = limits.Enter(There, "C-3");
        Assert.Null(limits.Enter(There, "C-4"));

        first!.Dispose();
        first.Dispose();

        using var again = limits.Enter(Here, "C-1");
        Assert.NotNull(again);
        Assert.Null(limits.Enter(There, "C-4"));
    }
}
