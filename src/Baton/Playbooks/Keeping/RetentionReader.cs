using Baton.Playbooks.Loading.Source;
using Cronos;

namespace Baton.Playbooks.Keeping;

/// <summary>Reads <c>retention.yaml</c>: how long each kind of data is kept.</summary>
internal static class RetentionReader
{
    public const string File = PlaybookFolder.RetentionFile;

    private const string Forever = "keep";

    private static readonly TimeSpan Least = TimeSpan.FromDays(1), Most = TimeSpan.FromDays(36_500);

    public static RetentionPolicy Read(Section file)
    {
        var kept = new Dictionary<RetentionKind, TimeSpan?>(RetentionPolicy.Defaults);
        foreach (var kind in RetentionPolicy.Defaults.Keys)
        {
            var name = EnumWords.Of(kind);
            if (!file.Has(name)) continue;
            if (file.Optional(name) is Yaml.YamlValue.Scalar { Text: Forever }) kept[kind] = null;
            else if (file.Duration(name, Least, Most) is { } time) kept[kind] = time;
        }
        var cron = file.OptionalText("cron") ?? new RetentionPolicy().Cron;
        if (!CronExpression.TryParse(cron, out _))
            file.Problems.Add(file.Here, $"'{cron}' is no cron line; write five fields, as in 40 3 * * *");
        if (kept[RetentionKind.Messages] is { } messages && kept[RetentionKind.Attachments] is { } files
            && files > messages)
            file.Problems.Add(file.Here, "'attachments' are kept longer than the messages that they came with; write at most "
                + $"'attachments: {messages.TotalDays}d'");
        file.Close();
        return new RetentionPolicy { Kept = kept, Cron = cron };
    }
}
