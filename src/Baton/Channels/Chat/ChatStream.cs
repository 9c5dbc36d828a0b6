using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Conversations;

namespace Baton.Channels.Chat;

/// <summary>
/// One open window: messages that it has not seen, by their places, and where the conversation stands. It reads the
/// database whenever it is woken, and now and then without: another process may have said something. It ends, and does
/// not throw, when the window or this server goes.
/// </summary>
internal sealed class ChatStream(
    ChatTranscripts transcripts, ConversationFeed feed, ChatSignals signals, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Where several processes work, most of what is said is said by another one.</summary>
    private static readonly TimeSpan LookShared = TimeSpan.FromMilliseconds(500);

    /// <summary>Silence after which proxies cut a connection comes later than this.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Then the browser comes again, with a token that is looked at again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <param name="ticket">The visitor's conversation; it may not have begun.</param>
    /// <param name="after">Place of the last message that the window has.</param>
    public async IAsyncEnumerable<SseItem<string>> Of(
        string ticket, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = feed.Subscribe(ticket);
        using var woken = signals.Wait(ticket);
        var (started, spoke) = (clock.GetTimestamp(), clock.GetTimestamp());
        ChatMark? mark = null;
        ChatState? shown = null;
        yield return new SseItem<string>("{}", "ready");
        while (!cancellationToken.IsCancellationRequested && clock.GetElapsedTime(started) < Longest)
        {
            if (transcripts.Mark(ticket) is { } now && now != mark)
            {
                mark = now;
                var picture = transcripts.Read(ticket);
                foreach (var line in picture.Lines.Where(line => line.Position > after))
                {
                    after = line.Position;
                    yield return new SseItem<string>(JsonSerializer.Serialize(line, Json), "message")
                    {
                        EventId = line.Position.ToString(CultureInfo.InvariantCulture),
                    };
                }
                if (picture.State != shown)
                    yield return new SseItem<string>(JsonSerializer.Serialize(shown = picture.State, Json), "state");
                spoke = clock.GetTimestamp();
            }
            if (clock.GetElapsedTime(spoke) >= Beat)
            {
                spoke = clock.GetTimestamp();
                yield return new SseItem<string>("{}", "beat");
            }
            await NextAsync(watch, woken, cancellationToken);
        }
    }

    private async Task NextAsync(
        ConversationFeed.Watch watch, ChatSignals.Waiting woken, CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(transcripts.IsShared ? LookShared : Look, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        await Task.WhenAny(
            watch.Items.WaitToReadAsync(either.Token).AsTask(), woken.Woken.WaitToReadAsync(either.Token).AsTask());
        await either.CancelAsync();
        while (watch.Items.TryRead(out _)) { }
        while (woken.Woken.TryRead(out _)) { }
    }
}
