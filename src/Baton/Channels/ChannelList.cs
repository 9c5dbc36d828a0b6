using System.Buffers;
using Baton.Storage.Outgoing;

namespace Baton.Channels;

/// <summary>The channels of this installation, by name.</summary>
internal sealed class ChannelList
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly Dictionary<string, IChannel> _byName = [];
    private IReadOnlyList<IChannel>? _recorders;

    /// <param name="channels">The registered ones; a later one with the name of a read one takes its place.</param>
    /// <exception cref="BatonSettingException">A name cannot be used, or two channels have it.</exception>
    public ChannelList(IEnumerable<IChannel> channels)
    {
        foreach (var channel in channels)
        {
            // Names that tickets of the API carry follow the rules of tickets.
            if (channel is not ReadChannel && !IsName(channel.Name))
                throw new BatonSettingException(
                    $"channel '{channel.Name}' ({channel.GetType().Name}): give it a name of 1 to 40 lower-case "
                    + "letters, digits or -");
            if (channel.Name is Notices.Kind or PrivateLetter.Kind or PreparedNotice.Kind)
                throw new BatonSettingException(
                    $"channel '{channel.Name}' ({channel.GetType().Name}): the name means messages to people");
            if (_byName.GetValueOrDefault(channel.Name) is { } other and not ReadChannel)
                throw new BatonSettingException(
                    $"channel '{channel.Name}' is registered by {other.GetType().Name} and {channel.GetType().Name}: "
                    + "name one of them otherwise");
            _byName[channel.Name] = channel;
        }
        All = [.. _byName.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<IChannel> All { get; }

    public IChannel? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Who sends messages to people: the first that can, or null.</summary>
    public IChannel? ForNotices =>
        All.FirstOrDefault(c => c.Ways.HasFlag(ChannelWays.Notices) && c.Missing(ChannelWays.Notices) is null);

    /// <summary>Before the name of a channel that a notice goes to whoever else carries notices.</summary>
    public const string Named = "channel:";

    /// <summary>Who sends a notice, by whom it is for; null: nobody.</summary>
    public IChannel? ForNotice(string to) => !to.StartsWith(Named, StringComparison.Ordinal) ? ForNotices
        : Find(to[Named.Length..]) is { } channel && channel.Missing(WayOf(channel)) is null
            && (channel.Ways & (ChannelWays.Notices | ChannelWays.Pages)) != 0 ? channel : null;

    private static ChannelWays WayOf(IChannel channel) =>
        channel.Ways.HasFlag(ChannelWays.Pages) ? ChannelWays.Pages : ChannelWays.Notices;

    /// <summary>Those that keep tickets and are set up.</summary>
    public IReadOnlyList<IChannel> Recorders => _recorders ??=
        [.. All.Where(c => c.Ways.HasFlag(ChannelWays.Records) && c.Missing(ChannelWays.Records) is null)];

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 40 && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
