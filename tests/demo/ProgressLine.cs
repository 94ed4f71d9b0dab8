namespace Agency.Demo;

/// <summary>Shows how far the play is: one line written over and over on a terminal, elsewhere a line a month.</summary>
/// <param name="width">Columns of the terminal; null if it is none.</param>
internal sealed class ProgressLine(TextWriter output, int? width)
{
    private const string Clear = "\r\e[K";

    private (int Year, int Month) _told;

    public void Tell(Progress progress)
    {
        var line = $"{progress.Day:yyyy-MM-dd}  {progress.Approved}/{progress.Applicable} approved  {progress.Step}";
        if (width is { } columns) output.Write(Clear + TextTable.Cut(line, columns - 1));
        else if (_told != (progress.Day.Year, progress.Day.Month)) output.WriteLine(line);
        _told = (progress.Day.Year, progress.Day.Month);
    }

    public void End()
    {
        if (width is not null) output.Write(Clear);
    }
}
