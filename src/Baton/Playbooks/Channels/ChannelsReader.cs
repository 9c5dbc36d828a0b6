using Baton.Playbooks.Loading;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Channels;

/// <summary>Reads <c>channels.yaml</c>.</summary>
internal static class ChannelsReader
{
    public const string File = "channels.yaml";

    private const int ShortestReply = 100, LongestReply = 100_000;

    /// <param name="elsewhere">Channels whose autonomy <c>playbook.yaml</c> states.</param>
    public static IReadOnlyDictionary<string, ChannelPolicy> Read(
        Section file, Brand brand, IReadOnlyDictionary<string, AutonomyRung> elsewhere, LoadState state)
    {
        var read = new Dictionary<string, ChannelPolicy>();
        var named = file.AsSection(file.Required("channels", "{ chat: { length: 1200 } }"), "channels")?.Named("channel");
        foreach (var (key, channel) in named ?? [])
        {
            Names.CheckShape(key, "channel", state.Problems, hyphens: true);
            if (elsewhere.ContainsKey(key.Text) && channel.Entry("autonomy") is { } twice)
                state.Problems.Add(twice, $"{channel.What}: 'autonomy' is also in playbook.yaml, channel_autonomy; "
                    + "keep one of the two");
            read[key.Text] = One(channel, brand, state);
        }
        file.Close();
        return read;
    }

    /// <summary>How freely automation may answer at most, from both files.</summary>
    public static IReadOnlyDictionary<string, AutonomyRung> Autonomy(
        IReadOnlyDictionary<string, AutonomyRung> elsewhere, IReadOnlyDictionary<string, ChannelPolicy> channels)
    {
        var all = new Dictionary<string, AutonomyRung>(elsewhere);
        foreach (var (name, channel) in channels)
            if (channel.Autonomy is { } rung) all[name] = rung;
        return all;
    }

    private static ChannelPolicy One(Section channel, Brand brand, LoadState state)
    {
        var tier = channel.Located("default_tier");
        state.Tiers.Check(tier, $"{channel.What}, default_tier", state.Problems);
        var spoken = channel.Child("brand") is { } own
            ? BrandReader.Over(brand, own.Called($"{channel.What}, brand"))
            : brand;
        if (!channel.Flag("letter", otherwise: true)) spoken = spoken with { Greeting = "", Signature = "" };
        var read = new ChannelPolicy
        {
            Brand = spoken with { Voice = channel.OptionalText("tone") ?? spoken.Voice },
            DefaultTier = tier?.Text,
            Length = channel.Number("length", ShortestReply, LongestReply, "characters") is null
                ? null
                : channel.Whole("length", LongestReply, ShortestReply, LongestReply),
            Welcome = channel.OptionalText("welcome"),
            Consent = channel.OptionalText("consent"),
            Labels = channel.Child("labels") is { } labels ? LabelsOf(labels.Called($"{channel.What}, labels")) : [],
            Autonomy = channel.Choice<AutonomyRung>("autonomy"),
        };
        channel.Close();
        return read;
    }

    private static Dictionary<string, string> LabelsOf(Section labels)
    {
        var read = new Dictionary<string, string>();
        foreach (var key in ChatLabels.English.Keys)
            if (labels.OptionalText(key) is { } label) read[key] = label;
        labels.Close();
        return read;
    }
}
