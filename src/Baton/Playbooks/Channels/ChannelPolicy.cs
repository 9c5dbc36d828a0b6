namespace Baton.Playbooks.Channels;

/// <summary>What <c>channels.yaml</c> says of one channel: who speaks there, how, how long and how freely.</summary>
public sealed record ChannelPolicy
{
    /// <summary>The playbook's brand with what is said otherwise here, tone included.</summary>
    public required Brand Brand { get; init; }

    /// <summary>Tier of a customer whom nobody knows; null: as everywhere.</summary>
    public string? DefaultTier { get; init; }

    /// <summary>
    /// Characters of the longest reply that automation sends; a longer one waits for a person. 100 to 100,000, null:
    /// any.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>What the window of a chat says before anybody has written.</summary>
    public string? Welcome { get; init; }

    /// <summary>What a visitor of a chat must agree to before the first message; null: nothing.</summary>
    public string? Consent { get; init; }

    /// <summary>Words on the window of a chat, by key; see <see cref="ChatLabels"/>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>How freely automation may answer at most; null leaves it to the intents.</summary>
    public AutonomyRung? Autonomy { get; init; }
}
