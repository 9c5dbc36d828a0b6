using Baton.Channels;
using Baton.Playbooks;
using Baton.Playbooks.Macros;
using Baton.Text;

namespace Baton.Server.Pages.Inboxes.Writing;

/// <summary>What becomes of what somebody wrote: what the channel can carry, or why it cannot be sent.</summary>
internal sealed class ReplyTexts(ChannelList channels, PlaybookHost playbooks)
{
    /// <summary>Whether a channel shows Markdown as what it means.</summary>
    public bool CarriesMarkdown(string channel) => channels.Find(channel)?.CarriesMarkdown == true;

    /// <summary>Whether files of a reply reach the customer.</summary>
    public bool CarriesFiles(string channel) => channels.Find(channel)?.CarriesFiles != false;

    /// <summary>Why files cannot go, or null.</summary>
    public string? FileProblem(string channel) => CarriesFiles(channel) ? null
        : $"channel {channel} carries no files: send the reply without them, or a link";

    /// <summary>The text as it leaves.</summary>
    public string Leaving(string channel, string written)
    {
        var text = written.ReplaceLineEndings("\n");
        return CarriesMarkdown(channel) ? text : ReplyMarkdown.Plain(text);
    }

    /// <summary>Why it cannot be sent, or null.</summary>
    public string? Problem(string written) => MacroHoles.Problem(playbooks.Current.Macros, written);
}
