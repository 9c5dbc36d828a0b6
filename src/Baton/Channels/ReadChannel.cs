namespace Baton.Channels;

/// <summary>
/// A channel that is read, not written to: its tickets come by the API, the console or a file, and so do the answers.
/// </summary>
internal sealed class ReadChannel(string name, bool isLive = false) : IChannel
{
    public string Name => name;

    public ChannelWays Ways => ChannelWays.Read;

    public bool IsLive => isLive;

    /// <summary>Whoever fetches the text fetches them.</summary>
    public bool CarriesFiles => true;
}
