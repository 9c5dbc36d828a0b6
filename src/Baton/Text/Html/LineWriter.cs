using System.Text;

namespace Baton.Text.Html;

/// <summary>Lines of text, each with the marks of the quotation it stands in.</summary>
internal sealed class LineWriter
{
    /// <summary>Marks before one line.</summary>
    private const int Deepest = 8;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private int _depth;
    private bool _space;

    /// <summary>Adds text; white space becomes one space unless it is preformatted.</summary>
    public void Text(string text, bool isPreformatted)
    {
        foreach (var c in text)
        {
            if (isPreformatted && c == '\n') Break();
            else if (!isPreformatted && char.IsWhiteSpace(c)) _space = _line.Length > 0;
            else
            {
                if (_space) _line.Append(' ');
                _space = false;
                _line.Append(c);
            }
        }
    }

    /// <summary>Separates two cells of a row.</summary>
    public void Cell()
    {
        if (_line.Length > 0) Text(" | ", isPreformatted: true);
    }

    /// <summary>Ends the line, also an empty one.</summary>
    public void Break()
    {
        if (_depth > 0) _text.Append('>', Math.Min(_depth, Deepest)).Append(' ');
        _text.Append(_line).Append('\n');
        _line.Clear();
        _space = false;
    }

    /// <summary>Ends the line when something is on it.</summary>
    public void Fresh()
    {
        if (_line.Length > 0) Break();
        _space = false;
    }

    /// <summary>Leaves one empty line behind a paragraph.</summary>
    public void Gap()
    {
        if (_text.Length > 1 && !(_text[^1] == '\n' && _text[^2] is '\n' or ' ')) Break();
    }

    /// <summary>Goes into a quotation or out of one; only between lines.</summary>
    public void Quote(int by) => _depth += by;

    /// <summary>Whether the line ends with a text.</summary>
    public bool EndsWith(string text) =>
        _line.Length >= text.Length
        && _line.ToString(_line.Length - text.Length, text.Length).Equals(text, StringComparison.OrdinalIgnoreCase);

    public override string ToString()
    {
        Fresh();
        return _text.ToString();
    }
}
