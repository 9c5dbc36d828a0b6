using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Storage.Jobs.Dispatching;

namespace Baton.Channels.Chat;

/// <summary>
/// Wakes the streams of a conversation in this process when a text has left the outbox for it, here or in another.
/// </summary>
internal sealed class ChatSignals
{
    /// <summary>Start of the signals of other processes, before the ticket.</summary>
    public const string Word = "chat/";

    private readonly ConcurrentDictionary<Waiting, bool> _waiting = new();

    /// <param name="dispatch">Tells of texts that left in other processes.</param>
    public ChatSignals(IDispatch dispatch) => dispatch.Hear(text =>
    {
        if (text.StartsWith(Word, StringComparison.Ordinal)) Wake(text[Word.Length..]);
    });

    public Waiting Wait(string ticket)
    {
        var waiting = new Waiting(this, ticket);
        _waiting[waiting] = true;
        return waiting;
    }

    public void Wake(string ticket)
    {
        foreach (var waiting in _waiting.Keys)
            if (waiting.Ticket == ticket) waiting.Wake();
    }

    /// <summary>One stream; disposing ends it.</summary>
    internal sealed class Waiting(ChatSignals signals, string ticket) : IDisposable
    {
        private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public string Ticket => ticket;

        public ChannelReader<bool> Woken => _woken.Reader;

        public void Wake() => _woken.Writer.TryWrite(true);

        public void Dispose()
        {
            signals._waiting.TryRemove(this, out _);
            _woken.Writer.TryComplete();
        }
    }
}
