namespace Baton.Conversations;

/// <summary>Channels where somebody sits and waits for the answer, as the channels themselves say.</summary>
internal sealed class LiveChannels(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = [.. names];

    public bool Contains(string channel) => _names.Contains(channel);
}
