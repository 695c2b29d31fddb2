"""Merges a list of people into letters with LibreOffice Writer, as an office does it by hand, and prints how long that took.

    python3 mailmerge.py LIST.csv OUTDIR PIPE

LIST.csv has the columns name, number, months and expires; the letters come out as one PDF in OUTDIR. A soffice must listen on the pipe of that name.
"""
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

TEXT = ('{name}同志：\n您的残疾人证将于{expires}到期（还有{months}个月）。根据《中华人民共和国残疾人证管理办法》的规定，残疾人证有效期为10年，期满免费换领。'
        '请您带上身份证、户口本、旧残疾人证和两寸免冠彩色照片，在到期前到户籍所在地乡镇残联申请换领。逾期不换的，残疾人证将按规定注销，有关待遇停止发放。\n'
        '编号：{number}\n芒市残疾人联合会\n——————————\n回执\n本人已收到《残疾人证到期换证提醒单》。签名：')


def props(**named):
    return tuple(PropertyValue(Name=k, Value=v) for k, v in named.items())


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    for _ in range(240):
        try:
            return resolver.resolve(f'uno:pipe,name={pipe};urp;StarOffice.ComponentContext')
        except Exception:  # not listening yet
            time.sleep(0.25)
    raise SystemExit('soffice does not answer')


def main(people, out, pipe):
    office = connect(pipe)
    create = lambda name: office.ServiceManager.createInstanceWithContext(name, office)
    sources = create('com.sun.star.sdb.DatabaseContext')
    source = sources.createInstance()
    source.URL = 'sdbc:flat:' + uno.systemPathToFileUrl(os.path.dirname(people))
    source.Info = props(Extension='csv', CharSet='UTF-8', HeaderLine=True, FieldDelimiter=',', StringDelimiter='"')
    base = uno.systemPathToFileUrl(os.path.join(out, 'people.odb'))
    source.DatabaseDocument.storeAsURL(base, ())
    sources.registerObject('people', source)
    table = os.path.splitext(os.path.basename(people))[0]

    letter = create('com.sun.star.frame.Desktop').loadComponentFromURL('private:factory/swriter', '_blank', 0, props(Hidden=True))
    text, rest = letter.Text, TEXT
    while rest:
        plain, _, rest = rest.partition('{')
        text.insertString(text.End, plain, False)
        column, closed, rest = rest.partition('}')
        if closed:
            master = letter.createInstance('com.sun.star.text.fieldmaster.Database')
            master.DataBaseName, master.DataTableName, master.DataColumnName = 'people', table, column
            field = letter.createInstance('com.sun.star.text.textfield.Database')
            field.attachTextFieldMaster(master)
            text.insertTextContent(text.End, field, False)
    template = uno.systemPathToFileUrl(os.path.join(out, 'letter.odt'))
    letter.storeAsURL(template, ())
    letter.close(True)

    merge = create('com.sun.star.text.MailMerge')
    for name, value in dict(DocumentURL=template, DataSourceName='people', Command=table, CommandType=0, OutputType=2, SaveAsSingleFile=True,
                            OutputURL=uno.systemPathToFileUrl(out), FileNamePrefix='letters', SaveFilter='writer_pdf_Export').items():
        merge.setPropertyValue(name, value)
    start = time.time()
    merge.execute(())
    print(f'{time.time() - start:.2f}', flush=True)
    sources.revokeObject('people')
    create('com.sun.star.frame.Desktop').terminate()


if __name__ == '__main__':
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3])
