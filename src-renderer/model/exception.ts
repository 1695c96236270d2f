export { exceptionOf, withoutException, type RecordedException } from '#proto/model/exception';
