namespace Baton.Text.Quoting;

/// <summary>What a line of a mail is.</summary>
internal enum LineKind
{
    /// <summary>Written above, between or below quotations.</summary>
    Own,

    /// <summary>Says whose words follow: "On Monday Ann wrote:", a pasted header, a divider.</summary>
    Head,

    /// <summary>Marked with <c>&gt;</c> or <c>|</c>, or below a head that no marks follow.</summary>
    Quoted,

    /// <summary>Below the mark of a signature.</summary>
    Aside,
}

/// <summary>One line of a mail without its quotation marks.</summary>
/// <param name="IsOurs">Whether a head attributes it to the brand itself.</param>
/// <param name="IsMarked">Whether it carries quotation marks, so that nobody's own words can be among it.</param>
internal readonly record struct MailLine(string Text, LineKind Kind, bool IsOurs = false, bool IsMarked = false);
