using Baton.Text;

namespace Baton.Channels.Helpdesks;

/// <summary>A text as a helpdesk or a mail shows it: people write Markdown, automation plain text.</summary>
internal static class CustomerText
{
    public static string Html(OutgoingText text) =>
        IsMarkdown(text) ? MarkdownHtml.Of(text.Text) : PlainHtml.Of(text.Text);

    /// <summary>The same for those who read no HTML.</summary>
    public static string Plain(OutgoingText text) => IsMarkdown(text) ? ReplyMarkdown.Plain(text.Text) : text.Text;

    public static bool IsMarkdown(OutgoingText text) => text.From == "agent";
}
