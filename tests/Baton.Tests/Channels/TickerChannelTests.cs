using System.Security.Cryptography;
using Baton.Channels;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Tests.Style;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tests.Channels;

/// <summary>A channel as a stranger writes one; docs/extending/channel.md shows it.</summary>
public sealed class TickerChannelTests : ChannelConformance, ITickerLine
{
    private readonly List<string> _printed = [];
    private bool _paper = true;

    protected override IReadOnlyList<string> Signatures => ["X-Ticker-Signature"];

    protected override IChannel Channel() => new TickerChannel(this);

    protected override InboundRequest Genuine(IChannel channel)
    {
        var body = "7|Where is my order?"u8.ToArray();
        return new InboundRequest(body, new Dictionary<string, string>
        {
            ["X-Ticker-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData("twenty-four bytes or more"u8, body)),
        });
    }

    [Fact]
    public async Task Prints_a_text_and_comes_again_when_there_is_no_paper()
    {
        Assert.IsType<DeliveryOutcome.Delivered>(await SendAsync());
        _paper = false;

        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<DeliveryOutcome.Retry>(await SendAsync()).After);
        Assert.Single(_printed);
    }

    [Fact]
    public async Task Is_there_after_one_line_and_live()
    {
        await using var services =
            new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<ITickerLine>(this)
            .AddSingleton(new Baton.Operations.Links.PublicAddress(null))
            .AddSingleton(new Outbox(Outbox.DefaultOptions, TimeProvider.System, Random.Shared))
            .AddChannel<TickerChannel>().AddChannels(new ChannelOptions()).BuildServiceProvider();

        Assert.IsType<TickerChannel>(services.GetRequiredService<ChannelList>().Find("ticker"));
        Assert.True(services.GetRequiredService<Baton.Conversations.LiveChannels>().Contains("ticker"));
    }

    [Fact]
    public void Stands_in_the_documentation_as_it_is_compiled()
    {
        var code = Repository.Text("tests/Baton.Tests/Channels/TickerChannel.cs").ReplaceLineEndings("\n");
        var shown = Repository.Text("docs/extending/channel.md").ReplaceLineEndings("\n");

        Assert.Contains(code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..].Trim(), shown,
            StringComparison.Ordinal);
    }

    Task<bool> ITickerLine.PrintAsync(string id, string text, CancellationToken cancellationToken)
    {
        if (_paper) _printed.Add($"{id} {text}");
        return Task.FromResult(_paper);
    }

    private Task<DeliveryOutcome> SendAsync() =>
        Channel().DeliverAsync(SampleOutgoing.Text(), TestContext.Current.CancellationToken);
}
