using Baton.Playbooks;

namespace Baton.Conversations.Clearing;

/// <summary>What the company tells everybody, its own addresses and numbers among it: nobody's personal data.</summary>
/// <param name="current">The playbook in force.</param>
internal sealed class PublicTexts(Func<Playbook> current)
{
    private volatile Written? _written;

    /// <summary>Whether the playbook says it, as words of its own and not as a part of others.</summary>
    public bool Hold(string value)
    {
        var playbook = current();
        if (_written is not { } written || written.Of != playbook)
            _written = written = new Written(playbook, All(playbook));
        for (var at = 0; (at = written.Text.IndexOf(value, at, StringComparison.Ordinal)) >= 0; at++)
            if (!IsLetter(written.Text, at - 1) && !IsLetter(written.Text, at + value.Length)) return true;
        return false;
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);

    /// <summary>The texts that customers may be sent, and the names that people read in a decision.</summary>
    private static string All(Playbook playbook)
    {
        Brand[] brands = [playbook.Brand, .. playbook.Channels.Values.Select(c => c.Brand)];
        return string.Join('\n', ((IEnumerable<string?>)[
            .. brands.SelectMany(brand => new[]
            {
                brand.Name, brand.Greeting, brand.Signature, brand.EscalatedText, brand.OffersText,
                brand.AskedOffersText, brand.SolvedText, brand.RatingText, brand.CrisisText,
                brand.WaitingText, brand.KillSwitchText,
            }).Distinct(),
            .. playbook.Channels.Values.SelectMany(c => new[] { c.Welcome, c.Consent }),
            .. playbook.Intents.SelectMany(i => new[] { i.Name, i.Category, i.ProductArea, i.Answer }),
            .. playbook.ExactAnswers.Select(a => a.Reply), .. playbook.CustomerTiers,
            .. playbook.Queues.Select(q => q.Name), .. playbook.SkipRules.Select(r => r.Name),
            .. playbook.Rules.Select(r => r.Name), .. playbook.Tools.Select(t => t.Name),
            .. playbook.Articles.SelectMany(a => new[] { a.Id, a.Title, a.Body }),
        ]).OfType<string>());
    }

    private sealed record Written(Playbook Of, string Text);
}
